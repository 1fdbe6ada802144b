using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

public sealed class ReleaseRateTests
{
    [Fact]
    public void PerSecond_NothingPassed_DoesNotGuess()
    {
        var rate = default(ReleaseRate);
        Assert.Equal(0, rate.PerSecond(0));

        rate.Add(5, 0);

        Assert.Equal(0, rate.PerSecond(0));
        Assert.Equal(10, rate.PerSecond(0.5));
    }

    [Fact]
    public void PerSecond_WindowEnds_CountsItAndTheOneThatRuns()
    {
        var rate = default(ReleaseRate);
        rate.Add(5, 0);
        rate.Add(3, 0.5);
        rate.Add(2, 1);
        Assert.Equal(10, rate.PerSecond(1));

        // What comes at the instant that ends a window belongs to it.
        rate.Add(4, 1);
        Assert.Equal(14, rate.PerSecond(1));
        rate.Add(1, 1.5);
        Assert.Equal(15 / 1.5, rate.PerSecond(1.5));
        rate.Add(1, 1.75);
        Assert.Equal(16 / 1.75, rate.PerSecond(1.75));
        rate.Add(8, 2);
        Assert.Equal(24 / 2.0, rate.PerSecond(2));

        // The first window is forgotten with the end of the second.
        rate.Add(5, 2.5);
        Assert.Equal(15 / 1.5, rate.PerSecond(2.5));
    }
}
