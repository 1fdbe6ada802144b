using KiwiBalancer.Interleavings.Tests.Mutants;
using Xunit;

namespace KiwiBalancer.Interleavings.Tests.Issues;

/// <summary>The second of two threads that disposed a client returned while the first had not freed the name yet: registering the name again threw.</summary>
[Collection(nameof(MutatedCore))]
public sealed class SecondDisposeReturnsBeforeTheNameIsFreeTests
{
    [Fact]
    public void Dispose_WhileAnotherThreadDoesSo_ReturnsWhenTheNameIsFree() =>
        new Issue("Who closes a client second frees its name as well", "two dispose one client").AssertMended();
}
