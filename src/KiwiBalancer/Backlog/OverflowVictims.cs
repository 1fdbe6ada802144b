using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>
/// Finds the client with the largest backlog per weight; only bounded waiters count. Keys are upper bounds: they rise at once, and are corrected downwards only when they surface,
/// so that a grant costs nothing here. Owner only.
/// </summary>
internal sealed class OverflowVictims
{
    private readonly IndexedHeap<ClientBacklog, Index> _heap = new();

    // To sort in, because the owner must not allocate.
    private ClientBacklog[] _byAge = [];
    private long[] _ages = [];

    public static object PrepareRoom(int clients) =>
        (new HeapEntry<ClientBacklog>[clients], new ClientBacklog[clients], new long[clients]);

    public void InstallRoom(object room)
    {
        (var entries, _byAge, _ages) = ((HeapEntry<ClientBacklog>[], ClientBacklog[], long[]))room;
        _heap.Install(entries);
    }

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

    /// <summary>Who loses a waiter. Ties go to <paramref name="arriving"/>, so that nobody else is disturbed without need.</summary>
    public ClientBacklog Choose(ClientBacklog arriving)
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

    /// <summary>Visits every client with waiters, the one whose oldest waiter arrived first first. The visit must not change who has waiters.</summary>
    public void ForEachByAge<TState>(TState state, Action<TState, ClientBacklog> visit)
    {
        var count = _heap.CopyTo(_byAge);
        for (var i = 0; i < count; i++)
        {
            _ages[i] = _byAge[i].Oldest?.Sequence ?? 0;
        }

        Array.Sort(_ages, _byAge, 0, count);
        for (var i = 0; i < count; i++)
        {
            if (_ages[i] != 0)
            {
                visit(state, _byAge[i]);
            }
        }

        Array.Clear(_byAge, 0, count);
    }

    public void Remove(ClientBacklog backlog)
    {
        if (backlog.VictimIndex >= 0)
        {
            _heap.Remove(backlog);
        }
    }

    // Negative, because the heap's top is its least.
    private static double Key(ClientBacklog backlog) => -(double)backlog.Bounded.Count / backlog.Claim.Weight;

    private readonly struct Index : IHeapIndex<ClientBacklog>
    {
        public static ref int Of(ClientBacklog item) => ref item.VictimIndex;
    }
}
