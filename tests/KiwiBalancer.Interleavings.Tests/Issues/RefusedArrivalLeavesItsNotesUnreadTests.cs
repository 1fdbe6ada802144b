using KiwiBalancer.Interleavings.Tests.Mutants;
using Xunit;

namespace KiwiBalancer.Interleavings.Tests.Issues;

/// <summary>A request that found its client closed had made the client's backlog and left notes about it, but nobody rang: the loop never came to rest, and the closed client stayed in memory.</summary>
[Collection(nameof(MutatedCore))]
public sealed class RefusedArrivalLeavesItsNotesUnreadTests
{
    [Fact]
    public void Send_WhileItsClientDrains_LeavesNoNoteUnread() =>
        new Issue("A refused arrival rings for the notes of its backlog", "a client drains while a request of its own is refused").AssertMended();
}
