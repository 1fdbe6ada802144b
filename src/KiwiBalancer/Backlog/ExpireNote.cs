using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Tells the owner that the queue timer has fired.</summary>
internal sealed class ExpireNote : Note
{
    /// <inheritdoc/>
    public override void Apply(GrantRound round) => round.Expire();
}
