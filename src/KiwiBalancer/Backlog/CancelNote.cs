using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Tells the owner that a waiter has been cancelled; part of the waiter, so that leaving allocates nothing.</summary>
internal sealed class CancelNote(Waiter waiter) : Note
{
    /// <inheritdoc/>
    public override void Apply(GrantRound round)
    {
        round.Drop(waiter);
        waiter.LetGo();
    }
}
