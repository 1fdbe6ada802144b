namespace KiwiBalancer.Lab.Fairness;

/// <summary>The promises F1 to F9 as bounds; a scenario takes those that apply to it.</summary>
internal static class Promises
{
    /// <summary>Of every scenario: never above the limit, in order, nothing lost.</summary>
    public static IReadOnlyList<Bound> Always { get; } =
    [
        new("F1", "grants above the limit", 0, "", o => o.Failure is null ? 0 : double.PositiveInfinity),
        new("F8", "out of order", 0, "", o => o.OutOfOrder),
        new("F9", "cancelled but run", 0, "", o => o.CancelledButRun),
        new("all end", "not ended", 0, "", o => o.NotEnded),
    ];

    /// <summary>Unit costs: in-flight = min(L, demand).</summary>
    public static Bound NeverIdle { get; } = new("F1", "slots idle", 0, "slot·D", o => o.Idle);

    /// <summary>Wide requests: free slots may be too few for the head, or stand reserved for it.</summary>
    public static Bound IdleAtMost(double fraction) => new("F1", "slots idle", fraction, "%", o => o.IdleFraction);

    /// <summary>Steady state: measured from when it has settled, every instant counts.</summary>
    public static Bound InQuota { get; } = new("F2", "time outside quota", 0, "%", o => o.OutsideFraction);

    /// <summary>Changing load: once settled after a change nobody may leave its quota.</summary>
    public static Bound InQuotaOnceSettled { get; } = new("F2", "outside after settling", 0, "", o => o.Violations);

    public static Bound Proportional(double error = 0.015) => new("F3", "error of slot-seconds", error, "%", o => o.MaxDisproportion);

    public static Bound LagBehind(double lag = 1.5) => new("F3", "lag behind the ideal", lag, "slot·D", o => o.LagBehind);

    public static Bound Settles(double time = 1.5) => new("F7", "time to settle", time, "D", o => o.WorstSettling);

    public static Bound Noted(string promise, string what, double atMost, string unit = "") => new(promise, what, atMost, unit, o => o.Note(what));

    // Goals: the columns of the simulation the policy was designed in.
    public static Bound Deviation(double goal) => new("goal", "max deviation", goal, "", o => o.MaxDeviation);

    public static Bound Outside(double goal) => new("goal", "% outside quota", goal, "%", o => o.OutsideFraction);

    /// <summary>Jain's index is a goal from below: what it lacks to 1 is measured.</summary>
    public static Bound Jain(double goal) => new("goal", "1 - Jain's index", 1 - goal, "", o => 1 - o.Jain);
}
