using KiwiBalancer.Redis.Ledger;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>What must hold, looked at from outside: by real time, which nobody in the simulation knows.</summary>
internal static class Invariants
{
    /// <summary>I1, I5, I6 and the ledger's own sums.</summary>
    public static void CheckStep(FleetLedger? before, StepResult step, NodeReport report)
    {
        var ledger = step.Ledger;
        var sum = ledger.Nodes.Values.Sum(node => (long)node.Hold);
        Require(ledger.SumHold == sum, "sum", $"sumHold is {ledger.SumHold}, the holds sum to {sum}");
        Require(ledger.Nodes.Values.All(node => node.Cap <= node.Hold && node.Cap >= 0), "sum", "a cap is above its hold");

        var isKnown = before is not null && before.Run == ledger.Run;
        if (isKnown && !ledger.IsQuarantined)
        {
            // What is in flight beyond what the ledger assumed has outlived its lease and the linger, or the report is as late: it is counted all the same, never granted.
            var found = Math.Max(0, report.InFlight - (before!.Nodes.TryGetValue(report.Node, out var known) && known.Until > ledger.Now ? known.Hold : 0));
            var most = Math.Max(ledger.Limit, before.SumHold + found);
            Require(ledger.SumHold <= most, "I1", $"a step raised sumHold from {before.SumHold} to {ledger.SumHold} with limit {ledger.Limit}");
        }

        if (ledger.IsQuarantined && !step.Reply.IsRefused)
        {
            Require(step.Reply.Cap <= report.Held, "I5", $"in quarantine {report.Node} was told {step.Reply.Cap}, it had claimed {report.Held}");
            Require(step.Pushes.IsEmpty, "I5", "a push in quarantine");
        }

        var live = ledger.Nodes.Values.Where(node => node.IsLive(ledger.Now)).ToArray();
        if (ledger.LastRecompute == ledger.Now && live.Length > 0 && !step.Reply.IsRefused)
        {
            var targets = live.Sum(node => (long)node.Target);
            Require(targets == ledger.Limit, "I6", $"the targets sum to {targets} of {ledger.Limit}");
            Require(live.All(node => node.Target >= 0 && (ledger.Level < 0 || node.Target <= node.Demand)), "I6", "a target above what is wanted");
        }
    }

    /// <summary>I2: the engine knows at least what a node may run, or knows that it does not know.</summary>
    public static void CheckNode(SimulatedNode node, SimulatedEngine engine, double now)
    {
        var cap = node.Keeper.Cap(node.Time(now));
        if (node.IsDead || cap == 0 || engine.IsUnsure(now))
        {
            return;
        }

        var hold = engine.Ledger!.Nodes.TryGetValue(node.Name, out var entry) ? entry.Hold : -1;
        var leased = node.InFlight - node.Floor;
        Require(Math.Max(cap, leased) <= hold, "I2", $"node {node.Name} has cap {cap} and {leased} in flight, {node.Floor} of its own left out, the engine assumes {hold}");
    }

    /// <summary>I3: the node takes its lease to end before the engine does.</summary>
    public static void CheckLease(SimulatedNode node, double exp)
    {
        var deadline = node.When(node.Keeper.Deadline.Monotonic);
        Require(deadline < exp, "I3", $"node {node.Name} believes in its lease until {deadline:F1}, the engine until {exp:F1}");
    }

    public static void Require(bool holds, string invariant, string what)
    {
        if (!holds)
        {
            throw new Violation(invariant, what);
        }
    }
}
