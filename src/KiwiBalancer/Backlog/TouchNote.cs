using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>
/// Tells the owner that something about a client has changed: slots returned, another weight, cap or bound. One a client; left at most once until it is read.
/// </summary>
internal sealed class TouchNote(ClientBacklog backlog) : Note
{
    // Invariant: slots returned while gated that the owner has not subtracted yet.
    // Written by: returners (add), the owner (takes all).
    // Order: added before _isLeft is set; taken after _isLeft is cleared: so a returner that finds the note left knows that the owner will still take.
    private int _returned;

    // Invariant: 1 from the moment somebody sets out to leave the note until the owner begins to read it.
    // Written by: returners (0 → 1), the owner (1 → 0), by exchange.
    private int _isLeft;

    /// <summary>Adds to what the note says.</summary>
    /// <returns>Whether the caller must leave it in the inbox; if not, it is there already or about to be.</returns>
    public bool Add(int returned)
    {
        if (returned != 0)
        {
            Interlocked.Add(ref _returned, returned);
        }

        return Interlocked.Exchange(ref _isLeft, 1) == 0;
    }

    /// <inheritdoc/>
    public override void Apply(GrantRound round)
    {
        Interlocked.Exchange(ref _isLeft, 0);
        round.Touch(backlog, Interlocked.Exchange(ref _returned, 0));
    }
}
