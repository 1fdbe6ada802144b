using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>
/// Knows whose oldest waiter has its deadline first. Keys are lower bounds: a grant moves the true deadline later without a word here, and the key is corrected when it surfaces. Owner only.
/// </summary>
internal sealed class QueueDeadlines
{
    private readonly IndexedHeap<ClientBacklog, Index> _heap = new();

    /// <summary>When to look next; <see cref="long.MaxValue"/>: never.</summary>
    public long Earliest => _heap.Count == 0 ? long.MaxValue : (long)_heap.TopKey;

    public static object PrepareRoom(int clients) => new HeapEntry<ClientBacklog>[clients];

    public void InstallRoom(object room) => _heap.Install((HeapEntry<ClientBacklog>[])room);

    /// <summary>A waiter has arrived.</summary>
    public void Arrived(ClientBacklog backlog)
    {
        if (backlog.DeadlineIndex < 0)
        {
            Correct(backlog);
        }
    }

    /// <summary>Whose oldest waiter may be due at <paramref name="now"/>; null: nobody's. The caller rejects what is due and then calls <see cref="Correct"/>.</summary>
    public ClientBacklog? Due(long now) => _heap.Count != 0 && _heap.TopKey <= now ? _heap.Top : null;

    /// <summary>Sets a client's key to the deadline of its oldest waiter, or forgets the client if there is none.</summary>
    public void Correct(ClientBacklog backlog)
    {
        var deadline = Deadline(backlog);
        if (deadline == long.MaxValue)
        {
            Remove(backlog);
        }
        else if (backlog.DeadlineIndex < 0)
        {
            _heap.Add(backlog, deadline, tie: 0);
        }
        else
        {
            _heap.Rekey(backlog, deadline, tie: 0);
        }
    }

    public void Remove(ClientBacklog backlog)
    {
        if (backlog.DeadlineIndex >= 0)
        {
            _heap.Remove(backlog);
        }
    }

    /// <summary>When the client's oldest bounded waiter has waited too long.</summary>
    public static long Deadline(ClientBacklog backlog)
    {
        var timeout = backlog.Client.QueueTimeoutTicks;
        return timeout == long.MaxValue || backlog.Bounded.Oldest is not { } oldest ? long.MaxValue : oldest.EnqueuedAt + timeout;
    }

    private readonly struct Index : IHeapIndex<ClientBacklog>
    {
        public static ref int Of(ClientBacklog item) => ref item.DeadlineIndex;
    }
}
