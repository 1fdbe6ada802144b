using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Tests.Measuring;

public sealed class TurnCheckTests
{
    [Fact]
    public void Overlaps_TurnsOneAfterAnother_AreNone() =>
        Assert.Equal(0, TurnCheck.Overlaps([Hold(0, 1, 5), Hold(0, 2, 6), Hold(1, 6, 8), Hold(0, 9, 10)]));

    [Fact]
    public void Overlaps_AnotherClientMeanwhile_IsCountedForEachRequest() =>
        Assert.Equal(2, TurnCheck.Overlaps([Hold(0, 1, 9), Hold(1, 2, 4), Hold(0, 3, 10)]));

    [Fact]
    public void Overlaps_TurnTakenFromALongerHold_IsStillSeen() =>
        Assert.Equal(2, TurnCheck.Overlaps([Hold(0, 1, 5), Hold(1, 2, 9), Hold(0, 8, 10)]));

    private static HoldRecord Hold(int client, long entered, long left) => new(entered, left, client, 1);
}
