namespace KiwiBalancer.Fleet.Nodes;

/// <summary>What has become of a node.</summary>
internal enum NodeStatus
{
    /// <summary>It has not been started yet, or is not up yet.</summary>
    Starting,

    Running,

    /// <summary>Stopped by SIGSTOP.</summary>
    Paused,

    Killed,

    /// <summary>It has left as a node should.</summary>
    Left,
}
