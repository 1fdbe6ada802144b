namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>What can happen in a schedule.</summary>
internal enum FaultKind
{
    /// <summary>A node's clients want <see cref="Fault.Value"/> slots from now on.</summary>
    Demand,

    /// <summary>A node's process is stopped for a while; what it has sent to the server runs on.</summary>
    Pause,

    /// <summary>A node's process is killed, and another is started in its place after a while.</summary>
    Kill,

    /// <summary>A node leaves cleanly.</summary>
    Leave,

    /// <summary>A node's messages are lost for a while.</summary>
    Partition,

    /// <summary>A node's wall clock is set by <see cref="Fault.Value"/> ms.</summary>
    WallClock,

    /// <summary>All nodes are given another limit, one after another within <see cref="Fault.Length"/>.</summary>
    Limit,

    /// <summary>The engine is killed and comes back empty.</summary>
    CrashToEmpty,

    /// <summary>The engine is killed and comes back as it was <see cref="Fault.Value"/> ms ago, or earlier.</summary>
    CrashToStale,

    /// <summary>The engine stands still; what reaches it waits.</summary>
    Freeze,

    /// <summary>All keys are deleted.</summary>
    FlushAll,
}
