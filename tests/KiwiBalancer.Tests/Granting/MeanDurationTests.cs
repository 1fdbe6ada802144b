using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>The slice, in numbers.</summary>
public sealed class MeanDurationTests
{
    [Fact]
    public void Observe_NothingReturnedYet_KnowsNothing()
    {
        var duration = new MeanDuration();

        duration.Observe(5, 10, 0);
        duration.Observe(5, 10, -3);

        Assert.Equal(0, duration.Slice);
    }

    [Fact]
    public void Observe_FirstReturns_CountsWhatStillRunsAsIfItHadReturned()
    {
        var duration = new MeanDuration();
        duration.Observe(1, 10, -2);

        duration.Observe(1, 10, 2);
        Assert.Equal(20.0 / 12, duration.Slice);

        // The second time what runs is in it already.
        duration.Observe(1, 10, 3);
        Assert.Equal(30.0 / 15, duration.Slice);
    }

    [Theory]
    [InlineData(1.04, false)]
    [InlineData(1.06, true)]
    [InlineData(0.96, false)]
    [InlineData(0.94, true)]
    public void Observe_MeanMovesALittle_IsFollowedFromATwentiethOn(double times, bool isFollowed)
    {
        var duration = new MeanDuration();
        duration.Observe(1, 100, 100);
        Assert.Equal(0.5, duration.Slice);

        // 200 have returned after 100 slot-seconds; with ten more the mean is to be so many times what it was.
        duration.Observe(((0.5 * times * 210) - 100) / 100, 100, 10);

        Assert.Equal(isFollowed ? 0.5 * times : 0.5, duration.Slice, 12);
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(32, 256)]
    [InlineData(100, 800)]
    public void Observe_MoreThanAWindow_ForgetsHalf(int inFlight, int window)
    {
        var duration = new MeanDuration();
        duration.Observe(1, inFlight, window - inFlight);
        var (used, returned) = ((double)inFlight, (double)window);
        Assert.Equal(used / returned, duration.Slice, 12);

        // A full window is kept whole; one more halves it.
        duration.Observe(1000.0 / inFlight, inFlight, 1);
        (used, returned) = (used + 1000, returned + 1);
        Assert.Equal(used / returned, duration.Slice, 12);
        duration.Observe(1000.0 / inFlight, inFlight, 1);

        Assert.Equal(((used / 2) + 1000) / ((returned / 2) + 1), duration.Slice, 12);
    }
}
