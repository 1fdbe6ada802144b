namespace KiwiBalancer.Backlog;

/// <summary>Notes for the owner: pushed by any thread, taken whole by the owner, read in the order they were left.</summary>
internal sealed class Inbox
{
    // Invariant: the last note left and not taken, linked to those before it.
    // Written by: any thread (push, compare-exchange), the owner (take, exchange).
    // Order: the exchanges are full fences, so the owner sees everything written before the push.
    private Note? _last;

    public bool IsEmpty => Volatile.Read(ref _last) is null;

    /// <summary>Leaves a note.</summary>
    /// <returns>Whether no other was there.</returns>
    public bool Push(Note note)
    {
        var last = Volatile.Read(ref _last);
        while (true)
        {
            note.Next = last;
            var found = Interlocked.CompareExchange(ref _last, note, last);
            if (ReferenceEquals(found, last))
            {
                return last is null;
            }

            last = found;
        }
    }

    /// <summary>Takes all notes, first left first. Owner only.</summary>
    public Note? TakeAll()
    {
        // A glance first: most rounds of a busy balancer find nothing, and the exchange costs as much as the rest of such a look.
        var note = IsEmpty ? null : Interlocked.Exchange(ref _last, null);
        Note? first = null;
        while (note is not null)
        {
            var before = note.Next;
            note.Next = first;
            first = note;
            note = before;
        }

        return first;
    }
}
