namespace KiwiBalancer.Backlog;

/// <summary>What a waiter answers its caller with.</summary>
internal enum WaiterKind
{
    /// <summary>Nothing: the caller runs a request and gives the slots back itself. A rejection is thrown.</summary>
    Request,

    /// <summary>A lease. A rejection is thrown.</summary>
    Lease,

    /// <summary>A lease, which carries the rejection if there is one.</summary>
    LeaseOrRejection,

    /// <summary>Yes or no, at once: it is granted when the owner reads it, or it leaves.</summary>
    Probe,
}
