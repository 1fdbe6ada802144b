using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Tests.Measuring;

public sealed class ContendedTimeTests
{
    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(0, 100, 25)]
    [InlineData(10, 20, 10)]
    [InlineData(12, 14, 2)]
    [InlineData(15, 35, 10)]
    [InlineData(25, 28, 0)]
    [InlineData(33, 100, 12)]
    [InlineData(45, 100, 0)]
    public void Within_SpansTenToTwentyAndThirtyToFortyFive_CountsWhatLiesInThem(long start, long end, long expected)
    {
        var time = new ContendedTime();
        time.Add(10, 20);
        time.Add(30, 40);
        time.Add(40, 45);

        Assert.Equal(25, time.Total);
        Assert.Equal(expected, time.Within(start, end));
    }
}
