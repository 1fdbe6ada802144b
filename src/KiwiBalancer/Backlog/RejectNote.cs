using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Asks the owner to reject all waiters of a client that is closing.</summary>
internal sealed class RejectNote(ClientBacklog backlog, RejectionReason reason) : Note
{
    /// <inheritdoc/>
    public override void Apply(GrantRound round) => round.RejectAll(backlog, reason);
}
