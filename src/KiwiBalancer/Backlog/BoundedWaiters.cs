using System.Diagnostics;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>
/// The waiters of one client that may be rejected for want of room or for waiting too long, in the order of their arrival, whichever line they stand in. A list of its own, so that the oldest and the newest of them
/// are found at once among any number of a workload's. Owner only.
/// </summary>
internal sealed class BoundedWaiters
{
    private readonly LinkedLine<Waiter, Links> _line = new();

    public Waiter? Oldest => _line.First;

    public Waiter? Newest => _line.Last;

    public int Count => _line.Count;

    public void Add(Waiter waiter)
    {
        Debug.Assert(Newest is null || Newest.Sequence < waiter.Sequence, "Waiters are added as they arrive, once.");
        _line.AddLast(waiter);
    }

    public void Remove(Waiter waiter)
    {
        Debug.Assert(waiter.BeforeBounded is not null || Oldest == waiter, "A waiter is removed from its own client.");
        _line.Remove(waiter);
    }

    private readonly struct Links : ILinks<Waiter>
    {
        public static ref Waiter? Before(Waiter item) => ref item.BeforeBounded;

        public static ref Waiter? After(Waiter item) => ref item.AfterBounded;
    }
}
