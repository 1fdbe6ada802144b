using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>Brings the owner larger heaps, made outside the loop, because inside it nothing may fail.</summary>
internal sealed class RoomNote(object policyRoom, object linesRoom) : Note
{
    /// <inheritdoc/>
    public override void Apply(GrantRound round) => round.Install(policyRoom, linesRoom);
}
