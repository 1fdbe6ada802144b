using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Tells the owner that a client has gone for good: closed, nothing waiting, nothing running.</summary>
internal sealed class GoneNote(ClientBacklog backlog) : Note
{
    /// <inheritdoc/>
    public override void Apply(GrantRound round) => round.Forget(backlog);
}
