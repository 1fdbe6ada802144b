namespace KiwiBalancer.Fleet.Faults;

/// <summary>What can happen to a fleet.</summary>
internal enum FaultKind
{
    /// <summary>It starts: the engine is new, and waits until leases it may have forgotten have ended.</summary>
    Start,

    /// <summary>A node's process is killed, and started again.</summary>
    KillNode,

    /// <summary>Two nodes are killed at once, and started again.</summary>
    KillTwoNodes,

    /// <summary>A node is stopped for half of its lease.</summary>
    PauseHalfALease,

    /// <summary>A node is stopped for as long as its lease.</summary>
    PauseALease,

    /// <summary>A node is stopped for two and a half times its lease: its slots are others' when it goes on.</summary>
    PauseLong,

    /// <summary>The engine is killed, and started again with nothing.</summary>
    KillEngine,

    /// <summary>The engine is killed, and started again with what it knew a while ago.</summary>
    StaleEngine,

    /// <summary>The engine is stopped for longer than all leases.</summary>
    FreezeEngine,

    /// <summary>The engine is killed while a node is stopped.</summary>
    KillEngineWhilePaused,

    /// <summary>Somebody deletes everything in the engine.</summary>
    Flush,

    LowerLimit,

    RaiseLimit,

    /// <summary>A node leaves as it should, and comes back.</summary>
    Leave,
}
