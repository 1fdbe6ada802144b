namespace KiwiBalancer.Backlog;

/// <summary>Where a waiter is in its life; see the state table in this folder's README.</summary>
internal enum WaiterState
{
    Waiting,
    Granted,
    Cancelled,
    Rejected,
}
