using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Tests.Measuring;

public sealed class PercentileTests
{
    [Theory]
    [InlineData(50, new[] { 1.0, 2, 3, 4 }, 2)]
    [InlineData(50, new[] { 1.0, 2, 3, 4, 5 }, 3)]
    [InlineData(99, new[] { 1.0, 2, 3, 4, 5 }, 5)]
    [InlineData(100, new[] { 1.0, 2, 3 }, 3)]
    [InlineData(1, new[] { 1.0, 2, 3 }, 1)]
    [InlineData(50, new[] { 7.0 }, 7)]
    [InlineData(99, new double[0], 0)]
    public void Of_NearestRank_IsAMeasuredValue(double percent, double[] sorted, double expected) =>
        Assert.Equal(expected, Percentile.Of(sorted, percent));

    [Fact]
    public void Of_AHundredValues_LeavesOneAboveTheNinetyNinth() =>
        Assert.Equal(99, Percentile.Of([.. Enumerable.Range(1, 100).Select(i => (double)i)], 99));
}
