using System.Diagnostics;

namespace KiwiBalancer.Backlog;

/// <summary>All lines of all clients: who waits, who loses when there are too many, who has waited too long. Owner only.</summary>
internal sealed class WaitingLines
{
    private readonly OverflowVictims _victims = new();
    private readonly QueueDeadlines _deadlines = new();
    private long _arrivals;
    private int _sidelined;
    private int _bounded;

    /// <summary>Waiters of all clients.</summary>
    public int Count { get; private set; }

    /// <summary>Those of them that count against the bound of all.</summary>
    public int Bounded => _bounded;

    /// <summary>Σ cost of all waiters.</summary>
    public long Slots { get; private set; }

    /// <summary>When the first deadline comes; <see cref="long.MaxValue"/>: never.</summary>
    public long EarliestDeadline => _deadlines.Earliest;

    public static object PrepareRoom(int clients) => (OverflowVictims.PrepareRoom(clients), QueueDeadlines.PrepareRoom(clients));

    public void InstallRoom(object room)
    {
        var (victims, deadlines) = ((object, object))room;
        _victims.InstallRoom(victims);
        _deadlines.InstallRoom(deadlines);
    }

    /// <summary>Puts a waiter into line.</summary>
    public void Add(ClientBacklog backlog, Waiter waiter, int limit)
    {
        waiter.Sequence = ++_arrivals;
        backlog.Add(waiter, limit);
        Count++;
        _bounded += waiter.IsBounded ? 1 : 0;
        Slots += waiter.Cost;
        if (waiter.Line != backlog.Queue)
        {
            _sidelined++;
        }

        _victims.Grown(backlog);
        _deadlines.Arrived(backlog);
    }

    /// <summary>Takes a waiter out of its line.</summary>
    public void Remove(Waiter waiter)
    {
        var backlog = waiter.Client.Backlog!;
        if (waiter.Line != backlog.Queue)
        {
            _sidelined--;
        }

        backlog.Remove(waiter);
        Count--;
        _bounded -= waiter.IsBounded ? 1 : 0;
        Slots -= waiter.Cost;
    }

    /// <summary>Moves waiters between the lines after the limit has changed, and visits the clients that have any, by age, so that those who come back after a pause stand in the order in which they came.</summary>
    public void Resort<TState>(int limit, bool isLower, TState state, Action<TState, ClientBacklog> visit)
    {
        if (Count == 0 || (!isLower && _sidelined == 0))
        {
            return;
        }

        _victims.ForEachByAge((this, limit, state, visit), static (all, backlog) =>
        {
            var (lines, limit, state, visit) = all;
            lines.Resort(backlog, limit);
            visit(state, backlog);
        });
    }

    /// <summary>Moves the waiters of one client between its lines.</summary>
    public void Resort(ClientBacklog backlog, int limit)
    {
        _sidelined -= backlog.Sidelined?.Count ?? 0;
        backlog.Resort(limit);
        _sidelined += backlog.Sidelined?.Count ?? 0;
    }

    /// <summary>Whether the arrival of a bounded waiter has broken a bound. Only such waiters count.</summary>
    public bool IsOver(ClientBacklog arriving, int most) => _bounded > most || arriving.Bounded.Count > arriving.Client.MaxQueueLength;

    /// <summary>Who must go because of an arrival: the client itself at its own bound, the largest backlog per weight at the total one; null: nobody.</summary>
    public Waiter? Victim(ClientBacklog arriving, int most, OverflowPolicy policy)
    {
        var victim = arriving.Bounded.Count > arriving.Client.MaxQueueLength ? arriving : _bounded > most ? _victims.Choose(arriving) : null;
        return policy == OverflowPolicy.RejectOldest ? victim?.Bounded.Oldest : victim?.Bounded.Newest;
    }

    /// <summary>Whose oldest waiter may have waited too long; see <see cref="QueueDeadlines.Due"/>.</summary>
    public ClientBacklog? Due(long now) => _deadlines.Due(now);

    /// <summary>A client's timeout has changed, or those due have left.</summary>
    public void CorrectDeadline(ClientBacklog backlog) => _deadlines.Correct(backlog);

    /// <summary>A client's weight has changed. With a lower one its backlog is larger; that it is smaller is found when it surfaces.</summary>
    public void CorrectVictim(ClientBacklog backlog)
    {
        if (backlog.Count > 0)
        {
            _victims.Grown(backlog);
        }
    }

    /// <summary>A client has gone.</summary>
    public void Forget(ClientBacklog backlog)
    {
        Debug.Assert(backlog.Count == 0, "A client has gone only when nothing of it waits.");
        _victims.Remove(backlog);
        _deadlines.Remove(backlog);
    }
}
