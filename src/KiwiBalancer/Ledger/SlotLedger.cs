using System.Diagnostics;

namespace KiwiBalancer.Ledger;

/// <summary>The count of slots, lock-free. The protocol stands in this folder's README.</summary>
internal sealed class SlotLedger
{
    // Invariant: in-flight is the number of slots taken and not returned; it passes the limit only while a lowered limit drains.
    // Written by: see the table in README.md; the gate bit by the owner of the grant loop only.
    // Order: every write is an interlocked operation, a full fence, so what a holder wrote before Return is seen by the slot's next holder.
    private PaddedWord _word;

    // Invariant: null with a constant limit. Written by: whoever gives the balancer a limit source, once, before that source grants anything.
    // Order: a take that has not seen it yet belongs to the constant limit that was in force until then.
    private GrantDeadline? _deadline;

    public SlotLedger(int limit) => _word.Value = default(LedgerWord).WithLimit(limit).Bits;

    /// <summary>Until when slots may be taken; null for ever.</summary>
    public GrantDeadline? Deadline
    {
        get => Volatile.Read(ref _deadline);
        set => Volatile.Write(ref _deadline, value);
    }

    /// <summary>One atomic look at everything.</summary>
    public LedgerWord Read() => new(Volatile.Read(ref _word.Value));

    /// <summary>A glance that spares a take that would fail; it decides nothing.</summary>
    public bool MayTake(int cost)
    {
        var word = Read();
        return !word.IsGated && word.Fits(cost);
    }

    /// <summary>Takes slots if the gate is open and they fit.</summary>
    public bool TryTake(int cost)
    {
        if (_deadline is { IsOver: true })
        {
            return false;
        }

        var seen = Volatile.Read(ref _word.Value);
        while (true)
        {
            var word = new LedgerWord(seen);
            if (word.IsGated || !word.Fits(cost))
            {
                return false;
            }

            // Compared by the sum, as in ClientHandle.TryTake: this is the path that every request takes.
            var next = seen + cost;
            seen = Interlocked.CompareExchange(ref _word.Value, next, seen);
            if (seen + cost == next)
            {
                return true;
            }
        }
    }

    /// <summary>Takes slots behind the closed gate. For the owner of the grant loop; fails only if they do not fit the limit in force now, or its deadline has come.</summary>
    public bool TryTakeGated(int cost)
    {
        if (_deadline is { IsOver: true })
        {
            return false;
        }

        var seen = Volatile.Read(ref _word.Value);
        while (true)
        {
            var word = new LedgerWord(seen);
            Debug.Assert(word.IsGated, "Only the owner takes while the gate is closed, and only then does it take here.");
            if (!word.Fits(cost))
            {
                return false;
            }

            var found = Interlocked.CompareExchange(ref _word.Value, seen + cost, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }
    }

    /// <summary>Gives slots back. If the word returned is gated, the caller owes the owner a note.</summary>
    public LedgerWord Return(int cost)
    {
        var word = new LedgerWord(Interlocked.Add(ref _word.Value, -cost));
        Debug.Assert((word.Bits & (1L << 31)) == 0, "More slots were returned than taken.");
        return word;
    }

    /// <summary>Closes the gate (owner only). Every return from now on sees it; every earlier one is in the word given back.</summary>
    public LedgerWord CloseGate() => new(Interlocked.Or(ref _word.Value, LedgerWord.Gate) | LedgerWord.Gate);

    /// <summary>Opens the gate (owner only).</summary>
    public void OpenGate() => Interlocked.And(ref _word.Value, ~LedgerWord.Gate);

    /// <summary>Puts a new limit in force at once.</summary>
    /// <returns>The limit before.</returns>
    public int SetLimit(int limit)
    {
        var seen = Volatile.Read(ref _word.Value);
        while (true)
        {
            var word = new LedgerWord(seen);
            var found = Interlocked.CompareExchange(ref _word.Value, word.WithLimit(limit).Bits, seen);
            if (found == seen)
            {
                return word.Limit;
            }

            seen = found;
        }
    }
}
