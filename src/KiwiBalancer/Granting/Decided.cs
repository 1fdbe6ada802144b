using KiwiBalancer.Backlog;

namespace KiwiBalancer.Granting;

/// <summary>
/// Waiters whose fate is decided and whose callers are told after the owner has left the loop, because telling them may run code of the host
/// (a synchronization context, a task scheduler).
/// </summary>
internal struct Decided
{
    private Waiter? _first;
    private Waiter? _last;

    public int Count { get; private set; }

    public void Add(Waiter waiter)
    {
        waiter.Next = null;
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
        Count++;
    }

    /// <summary>Tells them all, in the order in which they were decided. Ex-owner.</summary>
    public readonly void Tell()
    {
        for (var waiter = _first; waiter is not null;)
        {
            // Read before: completing gives the waiter away.
            var next = (Waiter?)waiter.Next;
            try
            {
                waiter.Complete();
            }
            catch (Exception)
            {
                // The host's synchronization context refused the continuation. That caller is lost to its host; the others must not be.
            }

            waiter = next;
        }
    }
}
