namespace KiwiBalancer.Backlog;

/// <summary>What a waiter answers its caller with.</summary>
internal enum WaiterKind
{
    /// <summary>Nothing: the caller runs a request and gives the slots back itself. A rejection is thrown.</summary>
    Request,

    /// <summary>Like <see cref="Request"/>, for a request of a workload. Bounds and timeouts are not for it, because a workload pulls less instead.</summary>
    WorkloadRequest,

    /// <summary>A lease. A rejection is thrown.</summary>
    Lease,

    /// <summary>A lease, which carries the rejection if there is one.</summary>
    LeaseOrRejection,

    /// <summary>Yes or no, at once: it is granted when the owner reads it, or it leaves.</summary>
    Probe,
}
