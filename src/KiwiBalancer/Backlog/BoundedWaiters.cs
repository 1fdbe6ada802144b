using System.Diagnostics;

namespace KiwiBalancer.Backlog;

/// <summary>
/// The waiters of one client that may be rejected for want of room or for waiting too long, in the order of their arrival, whichever line they stand in. A list of its own, so that the oldest and the newest of them
/// are found at once among any number of a workload's. Owner only.
/// </summary>
internal sealed class BoundedWaiters
{
    public Waiter? Oldest { get; private set; }

    public Waiter? Newest { get; private set; }

    public int Count { get; private set; }

    public void Add(Waiter waiter)
    {
        Debug.Assert(Newest is null || Newest.Sequence < waiter.Sequence, "Waiters are added as they arrive, once.");
        waiter.BeforeBounded = Newest;
        if (Newest is null)
        {
            Oldest = waiter;
        }
        else
        {
            Newest.AfterBounded = waiter;
        }

        Newest = waiter;
        Count++;
    }

    public void Remove(Waiter waiter)
    {
        if (waiter.BeforeBounded is null)
        {
            Debug.Assert(Oldest == waiter, "A waiter is removed from its own client.");
            Oldest = waiter.AfterBounded;
        }
        else
        {
            waiter.BeforeBounded.AfterBounded = waiter.AfterBounded;
        }

        if (waiter.AfterBounded is null)
        {
            Newest = waiter.BeforeBounded;
        }
        else
        {
            waiter.AfterBounded.BeforeBounded = waiter.BeforeBounded;
        }

        waiter.BeforeBounded = null;
        waiter.AfterBounded = null;
        Count--;
    }
}
