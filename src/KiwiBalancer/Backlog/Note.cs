using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Something left for the owner of the grant loop to read.</summary>
internal abstract class Note
{
    // Invariant: links the notes of one list: the inbox, or after that the list of waiters to complete.
    // Written by: whoever has the note to itself: the thread that pushes it, then the owner that took it.
    // Order: published by the compare-exchange of the push.
    public Note? Next;

    /// <summary>What the owner does about it. Must not throw.</summary>
    public abstract void Apply(GrantRound round);
}
