using System.Diagnostics;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Waiters of one client in the order of their arrival; any of them leaves in O(1). Owner only.</summary>
internal sealed class WaiterQueue
{
    private readonly LinkedLine<Waiter, Links> _line = new();

    public Waiter? First => _line.First;

    public Waiter? Last => _line.Last;

    public int Count => _line.Count;

    /// <summary>Σ cost.</summary>
    public long Slots { get; private set; }

    /// <summary>Puts a waiter behind all that arrived before it. From the back, so that a new arrival costs one comparison.</summary>
    public void Add(Waiter waiter)
    {
        Debug.Assert(waiter.Line is null, "A waiter stands in one line.");
        var before = Last;
        while (before is not null && before.Sequence > waiter.Sequence)
        {
            before = before.Before;
        }

        _line.AddAfter(before, waiter);
        waiter.Line = this;
        Slots += waiter.Cost;
    }

    public void Remove(Waiter waiter)
    {
        Debug.Assert(waiter.Line == this, "A waiter is removed from its own line.");
        _line.Remove(waiter);
        waiter.Line = null;
        Slots -= waiter.Cost;
    }

    private readonly struct Links : ILinks<Waiter>
    {
        public static ref Waiter? Before(Waiter item) => ref item.Before;

        public static ref Waiter? After(Waiter item) => ref item.After;
    }
}
