using System.Collections.Immutable;

namespace KiwiBalancer.Redis.Ledger;

/// <summary>Computes every live node's part of the limit: whole slots, their sum the limit exactly.</summary>
internal static class Targets
{
    /// <summary>How far an account may run, in slots times quanta: a node that could not be served for long does not take everything afterwards.</summary>
    private const double MostCredit = 4;

    /// <summary>Looking at so many nodes may cost the engine a millisecond.</summary>
    private const int NodesPerMillisecond = 20;

    /// <summary>Removes what has run out and computes all targets anew.</summary>
    public static FleetLedger Recompute(FleetLedger ledger, long quantum)
    {
        var now = ledger.Now;
        var nodes = ledger.Nodes.ToBuilder();
        var sumHold = ledger.SumHold;
        foreach (var (name, entry) in ledger.Nodes)
        {
            if (entry.Until <= now)
            {
                nodes.Remove(name);
                sumHold -= entry.Hold;
            }
        }

        Account(nodes, ledger, quantum);
        var live = nodes.Where(node => node.Value.IsLive(now)).ToArray();
        var limit = live.Length == 0 ? ledger.Limit : live.Min(node => node.Value.Limit);
        var demand = live.Sum(node => node.Value.Demand);
        var isContended = demand > limit;
        var level = isContended ? WaterLevel.Find(live.Select(node => node.Value), limit) : -1;
        var contested = isContended ? (long)limit : 0;
        var weight = live.Sum(node => node.Value.Weight);
        foreach (var (name, entry) in nodes.ToArray())
        {
            var made = entry with { Ideal = 0, IsContender = false };
            if (!entry.IsLive(now))
            {
                made = made with { Cap = 0, Target = 0, Credit = 0 };
            }
            else if (!isContended)
            {
                // Nobody lacks anything: what is over stands ready at the nodes, by weight.
                made = made with { Ideal = entry.Demand + ((double)(limit - demand) * entry.Weight / weight), Credit = 0 };
            }
            else if (WaterLevel.Part(entry, level) is var part && entry.Demand <= part + 1e-9)
            {
                made = made with { Ideal = entry.Demand, Credit = 0 };
                contested -= entry.Demand;
            }
            else
            {
                made = made with { Ideal = part, IsContender = true };
            }

            nodes[name] = made;
        }

        Round(nodes, now, limit);
        return ledger with
        {
            Nodes = nodes.ToImmutable(),
            SumHold = sumHold,
            Limit = limit,
            Level = level,
            Contested = contested,
            LastRecompute = now,
            NextRecompute = now + (nodes.Count / NodesPerMillisecond),
        };
    }

    /// <summary>Charges contenders with what they have held since the last time. Between them it sums to nothing: what one has had too much, another has had too little.</summary>
    private static void Account(ImmutableSortedDictionary<string, NodeEntry>.Builder nodes, FleetLedger ledger, long quantum)
    {
        if (ledger.Contested == 0)
        {
            // Nothing to contend for: with limit 0 nobody is due anything.
            return;
        }

        var contenders = nodes.Where(node => node.Value.IsContender && node.Value.IsLive(ledger.Now)).ToArray();
        var held = (double)contenders.Sum(node => (long)node.Value.Hold);
        var quanta = (double)(ledger.Now - ledger.LastRecompute) / quantum;
        foreach (var (name, entry) in contenders)
        {
            var credit = entry.Credit + (((entry.Ideal * held / ledger.Contested) - entry.Hold) * quanta);
            nodes[name] = entry with { Credit = Math.Min(MostCredit, Math.Max(-MostCredit, credit)) };
        }
    }

    /// <summary>Whole slots: the integer part of each ideal, and the rest to those with the largest fraction and credit. Who has such a slot keeps it for about a quantum.</summary>
    private static void Round(ImmutableSortedDictionary<string, NodeEntry>.Builder nodes, long now, int limit)
    {
        var left = limit;
        var claims = new List<(double Key, string Name)>();
        foreach (var (name, entry) in nodes.ToArray())
        {
            if (!entry.IsLive(now))
            {
                continue;
            }

            var whole = (int)Math.Floor(entry.Ideal + 1e-9);
            var fraction = entry.Ideal - whole;
            left -= whole;
            if (fraction > 0)
            {
                claims.Add((fraction + entry.Credit + (entry.Target > whole ? 1 : 0), name));
            }

            nodes[name] = entry with { Target = whole };
        }

        claims.Sort((x, y) => x.Key != y.Key ? y.Key.CompareTo(x.Key) : string.CompareOrdinal(x.Name, y.Name));
        foreach (var (_, name) in claims.Take(left))
        {
            nodes[name] = nodes[name] with { Target = nodes[name].Target + 1 };
        }
    }
}
