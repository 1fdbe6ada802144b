namespace KiwiBalancer.Fleet.Nodes;

/// <summary>The times of a fleet, in milliseconds: shorter than the defaults of KiwiBalancer.Redis, so that there is something to see.</summary>
internal sealed record LeaseTimes
{
    public int Lease { get; init; } = 2_000;

    public int Margin { get; init; } = 200;

    public int Interval { get; init; } = 500;

    /// <summary>Requests take 150 ms at most; the rest is for a machine on which ten processes share two cores.</summary>
    public int Linger { get; init; } = 600;

    /// <summary>After which the slots of a process that has died are another's.</summary>
    public TimeSpan Recovery => TimeSpan.FromMilliseconds(Lease + Linger);
}
