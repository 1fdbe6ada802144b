using System.Collections.Immutable;

namespace KiwiBalancer.Redis.Ledger;

/// <summary>Moves slots to nodes that lack them: takes back what others have above their part, and hands out what is free.</summary>
internal static class Sharing
{
    /// <summary>Decides what others than the reporter are told.</summary>
    /// <returns>The ledger, the pushes, and whether anybody still lacks slots.</returns>
    public static (FleetLedger Ledger, ImmutableArray<CapPush> Pushes, bool IsSomeoneShort) Share(FleetLedger ledger, string reporter)
    {
        var live = ledger.Nodes.Where(node => node.Value.IsLive(ledger.Now)).ToArray();
        var missing = live.Sum(node => (long)node.Value.Short);
        var excess = live.Sum(node => (long)node.Value.Cap) + missing - ledger.Limit;
        if (missing == 0 && excess <= 0)
        {
            return (ledger, [], false);
        }

        var nodes = ledger.Nodes.ToBuilder();
        var pushes = ImmutableArray.CreateBuilder<CapPush>();
        Recall(nodes, pushes, live, reporter, excess);
        var sumHold = Raise(nodes, pushes, live, reporter, ledger);
        return (ledger with { Nodes = nodes.ToImmutable(), SumHold = sumHold }, pushes.ToImmutable(), true);
    }

    // From those with the most above their part. A cap that is lowered is a promise: the slots are free when the node has confirmed. One that was lowered by a
    // reply before anybody was short would be confirmed with the next report only, so such a node is asked as well.
    private static void Recall(
        ImmutableSortedDictionary<string, NodeEntry>.Builder nodes, ImmutableArray<CapPush>.Builder pushes, KeyValuePair<string, NodeEntry>[] live, string reporter, long excess)
    {
        foreach (var (name, entry) in Sorted(live, reporter, static entry => entry.Cap - entry.Target))
        {
            var taken = (int)Math.Min(Math.Max(0, excess), Math.Max(0, entry.Cap - entry.Target));
            excess -= taken;
            var cap = entry.Cap - taken;
            if (taken > 0 || (entry.Hold > cap && !entry.IsAsked && entry.Short == 0))
            {
                nodes[name] = entry with { Cap = cap, IsAsked = true };
                pushes.Add(new CapPush(name, cap, entry.Seq));
            }
        }
    }

    private static long Raise(
        ImmutableSortedDictionary<string, NodeEntry>.Builder nodes, ImmutableArray<CapPush>.Builder pushes, KeyValuePair<string, NodeEntry>[] live, string reporter, FleetLedger ledger)
    {
        var sumHold = ledger.SumHold;
        foreach (var (name, entry) in Sorted(live, reporter, static entry => entry.Short))
        {
            // What it has been told to give up and has not yet, it may keep: that costs nothing, unless more is held than the limit allows.
            var free = ledger.Limit - sumHold;
            if (entry.Short == 0 || free < 0)
            {
                break;
            }

            var cap = (int)Math.Min(entry.Cap + entry.Short, entry.Hold + free);
            if (cap > entry.Cap)
            {
                var hold = Math.Max(entry.Hold, cap);
                sumHold += hold - entry.Hold;
                nodes[name] = entry with { Cap = cap, Hold = hold };
                pushes.Add(new CapPush(name, cap, entry.Seq));
            }
        }

        return sumHold;
    }

    private static IEnumerable<KeyValuePair<string, NodeEntry>> Sorted(KeyValuePair<string, NodeEntry>[] live, string reporter, Func<NodeEntry, int> by) => live
        .Where(node => node.Key != reporter)
        .OrderByDescending(node => by(node.Value))
        .ThenBy(node => node.Key, StringComparer.Ordinal);
}
