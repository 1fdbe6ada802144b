using System.Diagnostics;

namespace KiwiBalancer.Backlog;

/// <summary>Waiters of one client in the order of their arrival; any of them leaves in O(1). Owner only.</summary>
internal sealed class WaiterQueue
{
    public Waiter? First { get; private set; }

    public Waiter? Last { get; private set; }

    public int Count { get; private set; }

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

        var after = before is null ? First : before.After;
        waiter.Line = this;
        waiter.Before = before;
        waiter.After = after;
        if (before is null)
        {
            First = waiter;
        }
        else
        {
            before.After = waiter;
        }

        if (after is null)
        {
            Last = waiter;
        }
        else
        {
            after.Before = waiter;
        }

        Count++;
        Slots += waiter.Cost;
    }

    public void Remove(Waiter waiter)
    {
        Debug.Assert(waiter.Line == this, "A waiter is removed from its own line.");
        if (waiter.Before is null)
        {
            First = waiter.After;
        }
        else
        {
            waiter.Before.After = waiter.After;
        }

        if (waiter.After is null)
        {
            Last = waiter.Before;
        }
        else
        {
            waiter.After.Before = waiter.Before;
        }

        waiter.Line = null;
        waiter.Before = null;
        waiter.After = null;
        Count--;
        Slots -= waiter.Cost;
    }
}
