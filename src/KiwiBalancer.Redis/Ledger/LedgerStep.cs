using System.Collections.Immutable;

namespace KiwiBalancer.Redis.Ledger;

/// <summary>
/// One step of the ledger: a report comes in, a cap goes out. Pure: the same arguments give the same result. The protocol stands in this folder's README;
/// <c>step.lua</c> is its port, and a test compares the two field by field.
/// </summary>
internal static class LedgerStep
{
    /// <summary>Takes a report into the ledger.</summary>
    /// <param name="ledger">The ledger; null when the engine has none for this resource.</param>
    /// <param name="report">The report.</param>
    /// <param name="engine">The engine's clock and run.</param>
    /// <returns>The ledger after it, the reply, and what others are to be told.</returns>
    public static StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment engine)
    {
        var state = Remember(ledger, report, engine);
        var now = state.Now;
        if (state.Nodes.TryGetValue(report.Node, out var known) && known.Until <= now)
        {
            state = state with { Nodes = state.Nodes.Remove(report.Node), SumHold = state.SumHold - known.Hold };
            known = null;
        }

        if (known is not null && report.Seq <= known.Seq)
        {
            return new(state, new LeaseReply { Seq = report.Seq, IsRefused = true, Run = state.Run, Limit = state.Limit }, []);
        }

        if (known is null && report.Held > 0 && report.Run == state.Run && report.Echo > now && !state.IsQuarantined)
        {
            // This very run gave a lease that the ledger does not know: somebody has emptied it.
            state = state with { QuarantineFrom = now, QuarantineEnd = now };
            state = Quarantine(state, report, isNew: true);
        }

        // A claim above what the ledger assumes counts only while the ledger may not know everything. After that it is of a lease that has ended, in a report that was late.
        var held = state.IsQuarantined ? report.Held : Math.Min(report.Held, known?.Hold ?? 0);
        var bound = report.IsLeaving ? report.InFlight : Math.Max(held, report.InFlight);
        state = state with
        {
            Nodes = state.Nodes.SetItem(report.Node, Entry(known, report, now, bound)),
            SumHold = state.SumHold - (known?.Hold ?? 0) + bound,
        };
        return Decide(state, report, held, known);
    }

    /// <summary>The reporter is in the ledger with what it must be assumed to run; now its cap, and what others are told.</summary>
    private static StepResult Decide(FleetLedger state, NodeReport report, int held, NodeEntry? known)
    {
        var now = state.Now;
        var bound = state.Nodes[report.Node].Hold;
        var isDue = now >= state.NextRecompute || report.Limit < state.Limit;
        if (isDue)
        {
            state = Targets.Recompute(state, Quantum(report));
        }

        var own = state.Nodes[report.Node];
        var free = Math.Max(0, state.Limit - (state.SumHold - bound));
        var cap = report.IsLeaving ? 0
            : !state.IsQuarantined ? (int)Math.Min(own.Target, free)
            : isDue && bound > free ? Math.Min(held, own.Target)
            : held;
        own = own with { Cap = cap, Hold = Math.Max(cap, bound) };
        state = state with { Nodes = state.Nodes.SetItem(report.Node, own), SumHold = state.SumHold - bound + own.Hold };

        var pushes = ImmutableArray<CapPush>.Empty;
        var isSomeoneShort = !isDue;
        if (isDue && !state.IsQuarantined)
        {
            (state, pushes, isSomeoneShort) = Sharing.Share(state, report.Node);
        }

        var hasMore = own.Short > 0 || known is null || own.Hold < known.Hold;
        var reply = new LeaseReply
        {
            Seq = report.Seq,
            Cap = cap,
            Ttl = report.Ttl,
            Run = state.Run,
            Exp = own.Exp,
            Limit = state.Limit,
            Level = state.Level,
            RetryAfter = state.IsQuarantined ? state.QuarantineEnd - now : !isDue && hasMore ? state.NextRecompute - now : 0,
            IsQuarantined = state.IsQuarantined,
            IsRecalled = isSomeoneShort && own.Hold > cap,
        };
        return new(state, reply, pushes);
    }

    /// <summary>After how long a slot that several nodes are due in turn goes to the next.</summary>
    private static long Quantum(NodeReport report) => Math.Max(1, report.Ttl / 6);

    /// <summary>The ledger with the clock moved on; another one, in quarantine, if it is not this run's.</summary>
    private static FleetLedger Remember(FleetLedger? ledger, NodeReport report, EngineMoment engine)
    {
        if (ledger is null || ledger.Run != engine.Run)
        {
            // Another run's entries are of no use: it may have lost the newest of them.
            var from = ledger is null ? engine.MemorySince : engine.Time;
            var empty = new FleetLedger { Run = engine.Run, Now = engine.Time, QuarantineFrom = from, QuarantineEnd = from, Limit = report.Limit, LastRecompute = engine.Time };
            return Quarantine(empty, report, isNew: true);
        }

        var state = ledger with { Now = Math.Max(engine.Time, ledger.Now) };
        return Quarantine(state, report, isNew: false);
    }

    /// <summary>A quarantine lasts as long as the longest lease and its last request, of all who report in it.</summary>
    private static FleetLedger Quarantine(FleetLedger state, NodeReport report, bool isNew) => isNew || state.IsQuarantined
        ? state with { QuarantineEnd = Math.Max(state.QuarantineEnd, state.QuarantineFrom + report.Ttl + report.Linger) }
        : state;

    private static NodeEntry Entry(NodeEntry? known, NodeReport report, long now, int bound) => (known ?? new NodeEntry()) with
    {
        Seq = report.Seq,
        Exp = now + report.Ttl,
        Until = now + report.Ttl + report.Linger,
        Hold = bound,
        Limit = report.Limit,
        Demand = report.IsLeaving ? 0 : report.Demand,
        Weight = report.Weight,
        // All satisfied: the peak of what they want is theirs, not what they want just now.
        Satisfied = report.SatisfiedWeight < report.Weight ? report.Satisfied : report.Demand,
        SatisfiedWeight = report.SatisfiedWeight,
        IsAsked = false,
        IsLeaving = report.IsLeaving,
    };
}
