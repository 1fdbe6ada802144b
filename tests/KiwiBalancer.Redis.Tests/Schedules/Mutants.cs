using KiwiBalancer.Redis.Ledger;
using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>The protocol with one rule missing, again and again: what the schedules must be able to find.</summary>
internal static class Mutants
{
    public static Mutant Make(string name) => name switch
    {
        nameof(NoDrainConfirmation) => new NoDrainConfirmation(),
        nameof(NoQuarantine) => new NoQuarantine(),
        nameof(NoOwnClock) => new NoOwnClock(),
        nameof(NoSequenceCheck) => new NoSequenceCheck(),
        nameof(PushWithoutSequenceCheck) => new PushWithoutSequenceCheck(),
        nameof(LateReplyAccepted) => new LateReplyAccepted(),
        nameof(LeaseFromReceiveTime) => new LeaseFromReceiveTime(),
        nameof(NoLinger) => new NoLinger(),
        nameof(OldClaim) => new OldClaim(),
        nameof(FlushUnnoticed) => new FlushUnnoticed(),
        nameof(FloorOnTop) => new FloorOnTop(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such mutant."),
    };

    /// <summary>The floors of the nodes are not taken off what the engine leases.</summary>
    public sealed class FloorOnTop : Mutant
    {
        private int _reserved;

        public override NodeSettings Settings(NodeSettings settings)
        {
            _reserved = (int)settings.Reserved;
            return settings;
        }

        public override StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment) =>
            base.Step(ledger, report with { Limit = report.Limit + _reserved }, moment);
    }

    /// <summary>Slots count as free when the engine has decided so, not when the node has confirmed.</summary>
    public sealed class NoDrainConfirmation : Mutant
    {
        public override StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment)
        {
            var step = base.Step(ledger, report, moment);
            var made = step.Ledger;
            foreach (var (name, entry) in made.Nodes)
            {
                made = made with { Nodes = made.Nodes.SetItem(name, entry with { Hold = entry.Cap }), SumHold = made.SumHold - entry.Hold + entry.Cap };
            }

            return step with { Ledger = made };
        }
    }

    /// <summary>An engine that has lost its memory hands out the whole limit at once.</summary>
    public sealed class NoQuarantine : Mutant
    {
        public override StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment)
        {
            var known = ledger ?? new FleetLedger { Run = moment.Run, Limit = report.Limit, Now = moment.Time, LastRecompute = moment.Time };
            return base.Step(known with { Run = moment.Run, QuarantineEnd = 0 }, report with { Echo = 0 }, moment);
        }
    }

    /// <summary>The node relies on the engine to tell it when its lease is over.</summary>
    public sealed class NoOwnClock : Mutant
    {
        public override bool MayGrant(LeaseKeeper keeper, int inFlight, NodeTime now) =>
            keeper.MayGrant(inFlight, new NodeTime(keeper.Deadline.Monotonic - 1, keeper.Deadline.Wall - 1));
    }

    /// <summary>The engine takes reports in any order.</summary>
    public sealed class NoSequenceCheck : Mutant
    {
        public override StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment)
        {
            if (ledger is null || !ledger.Nodes.TryGetValue(report.Node, out var known) || report.Seq > known.Seq)
            {
                return base.Step(ledger, report, moment);
            }

            var step = base.Step(ledger, report with { Seq = known.Seq + 1 }, moment);
            return step with
            {
                Reply = step.Reply with { Seq = report.Seq },
                Ledger = step.Ledger with
                {
                    Nodes = step.Ledger.Nodes.TryGetValue(report.Node, out var made) ? step.Ledger.Nodes.SetItem(report.Node, made with { Seq = known.Seq }) : step.Ledger.Nodes,
                },
            };
        }
    }

    /// <summary>The node takes any push while its lease lives.</summary>
    public sealed class PushWithoutSequenceCheck : Mutant
    {
        public override CapPush Arriving(CapPush push, LeaseKeeper keeper) => push with { Seq = keeper.Seq };
    }

    /// <summary>The node takes any reply, if it waits for one.</summary>
    public sealed class LateReplyAccepted : Mutant
    {
        public override LeaseReply Arriving(LeaseReply reply, LeaseKeeper keeper, NodeTime sent, NodeTime now) => reply with { Seq = keeper.Seq };
    }

    /// <summary>The lease is counted from when the answer came.</summary>
    public sealed class LeaseFromReceiveTime : Mutant
    {
        public override LeaseReply Arriving(LeaseReply reply, LeaseKeeper keeper, NodeTime sent, NodeTime now) =>
            reply with { Ttl = reply.Ttl + now.Monotonic - sent.Monotonic };
    }

    /// <summary>Requests run on at the server, but nobody reckons with it.</summary>
    public sealed class NoLinger : Mutant
    {
        public override NodeSettings Settings(NodeSettings settings) => settings with { Linger = 0 };
    }

    /// <summary>In quarantine a node keeps what an earlier report of it has claimed, which may have come late.</summary>
    public sealed class OldClaim : Mutant
    {
        public override StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment)
        {
            var step = base.Step(ledger, report, moment);
            if (!step.Ledger.IsQuarantined || step.Reply.IsRefused || ledger is null || ledger.Run != moment.Run || !ledger.Nodes.TryGetValue(report.Node, out var known) || known.Cap <= step.Reply.Cap)
            {
                return step;
            }

            var made = step.Ledger.Nodes[report.Node];
            return step with
            {
                Reply = step.Reply with { Cap = known.Cap },
                Ledger = step.Ledger with
                {
                    Nodes = step.Ledger.Nodes.SetItem(report.Node, made with { Cap = known.Cap, Hold = Math.Max(made.Hold, known.Cap) }),
                    SumHold = step.Ledger.SumHold - made.Hold + Math.Max(made.Hold, known.Cap),
                },
            };
        }
    }

    /// <summary>An engine that has been up for long takes an empty memory for a fresh start.</summary>
    public sealed class FlushUnnoticed : Mutant
    {
        public override StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment) => base.Step(ledger, report, moment with { MemorySince = 0 });
    }
}
