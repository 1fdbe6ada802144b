using KiwiBalancer.Clients;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>
/// Knows the bounds, and finds who must go when one is passed: the client with the largest backlog per weight. Only bounded waiters count. Keys are upper bounds: they rise at once, and are corrected
/// downwards only when they surface, so that a grant costs next to nothing here. Owner only.
/// </summary>
internal sealed class OverflowVictims
{
    private readonly IndexedHeap<ClientBacklog, Index> _heap = new();
    private int _bounded;

    public static object PrepareRoom(int clients) => new HeapEntry<ClientBacklog>[clients];

    public void InstallRoom(object room) => _heap.Install((HeapEntry<ClientBacklog>[])room);

    /// <summary>A client's backlog has grown, or its weight has changed.</summary>
    public void Grown(ClientBacklog backlog)
    {
        var key = Key(backlog);
        if (backlog.VictimIndex < 0)
        {
            _heap.Add(backlog, key, tie: 0);
        }
        else if (key < _heap.KeyOf(backlog))
        {
            _heap.Rekey(backlog, key, tie: 0);
        }
    }

    /// <summary>A waiter stands in line.</summary>
    public void Arrived(Waiter waiter)
    {
        _bounded += waiter.IsBounded ? 1 : 0;
        Grown(waiter.Client.Backlog!);
    }

    /// <summary>A waiter has left its line.</summary>
    public void Left(Waiter waiter) => _bounded -= waiter.IsBounded ? 1 : 0;

    /// <summary>Whether a bound is passed, now that <paramref name="arriving"/> has one more.</summary>
    public bool IsTooMany(ClientBacklog arriving, BalancerSettings settings) =>
        arriving.Bounded.Count > arriving.Client.MaxQueueLength || _bounded > settings.MaxQueueLength;

    /// <summary>Which waiter must go for it; null: none, it is not passed.</summary>
    public Waiter? Find(ClientBacklog arriving, BalancerSettings settings)
    {
        var victim = arriving.Bounded.Count > arriving.Client.MaxQueueLength ? arriving
            : _bounded > settings.MaxQueueLength ? Choose(arriving)
            : null;
        return settings.OverflowPolicy == OverflowPolicy.RejectOldest ? victim?.Bounded.Oldest : victim?.Bounded.Newest;
    }

    /// <summary>Visits every client with waiters (and some that have none any more).</summary>
    public void ForEach<TState>(TState state, Action<TState, ClientBacklog> visit) => _heap.ForEach(state, visit);

    public void Remove(ClientBacklog backlog)
    {
        if (backlog.VictimIndex >= 0)
        {
            _heap.Remove(backlog);
        }
    }

    /// <summary>Who loses a waiter. Ties go to <paramref name="arriving"/>, so that nobody else is disturbed without need.</summary>
    private ClientBacklog Choose(ClientBacklog arriving)
    {
        while (true)
        {
            var top = _heap.Top;
            var key = Key(top);
            if (key == _heap.TopKey)
            {
                return Key(arriving) == key ? arriving : top;
            }

            if (top.Count == 0)
            {
                _heap.Remove(top);
            }
            else
            {
                _heap.Rekey(top, key, tie: 0);
            }
        }
    }

    // Negative, because the heap's top is its least.
    private static double Key(ClientBacklog backlog) => -(double)backlog.Bounded.Count / backlog.Claim.Weight;

    private readonly struct Index : IHeapIndex<ClientBacklog>
    {
        public static ref int Of(ClientBacklog item) => ref item.VictimIndex;
    }
}
