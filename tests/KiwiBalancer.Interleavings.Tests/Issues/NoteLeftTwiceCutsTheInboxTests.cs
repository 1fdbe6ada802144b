using KiwiBalancer.Interleavings.Tests.Mutants;
using Xunit;

namespace KiwiBalancer.Interleavings.Tests.Issues;

/// <summary>A weight set while the first waiter made its client's backlog left a note that the maker left as well: linked twice, it cut off all notes behind it, and their waiters waited for ever.</summary>
[Collection(nameof(MutatedCore))]
public sealed class NoteLeftTwiceCutsTheInboxTests
{
    [Fact]
    public void SetWeight_WhileTheFirstWaiterMakesTheBacklog_LosesNoNote() =>
        new Issue("A touch note is left at most once until it is read", "a weight is set while the client's first waiter makes its backlog").AssertMended();
}
