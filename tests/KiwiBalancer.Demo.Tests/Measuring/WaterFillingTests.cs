using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Tests.Measuring;

public sealed class WaterFillingTests
{
    [Theory]
    [InlineData(42, new[] { 1, 1 }, new[] { 1, 47 }, new[] { 1.0, 41 })]
    [InlineData(14, new[] { 1, 1, 1, 1 }, new[] { 3, 7, 9, 1 }, new[] { 3.0, 5, 5, 1 })]
    [InlineData(21, new[] { 1, 1, 1, 1 }, new[] { 1, 9, 7, 3 }, new[] { 1.0, 9, 7, 3 })]
    [InlineData(120, new[] { 6, 4, 2 }, new[] { 1000, 500, 200 }, new[] { 60.0, 40, 20 })]
    [InlineData(1000, new[] { 10, 10, 30 }, new[] { 2000, 500, 700 }, new[] { 200.0, 200, 600 })]
    [InlineData(100, new[] { 1, 1, 2 }, new[] { 900, 900, 900 }, new[] { 25.0, 25, 50 })]
    [InlineData(100, new[] { 1, 1, 2 }, new[] { 900, 900, 0 }, new[] { 50.0, 50, 0 })]
    [InlineData(100, new[] { 1, 1, 2 }, new[] { 0, 0, 0 }, new[] { 0.0, 0, 0 })]
    [InlineData(10, new[] { 1000, 1 }, new[] { 500, 500 }, new[] { 10.0 * 1000 / 1001, 10.0 / 1001 })]
    [InlineData(1, new[] { 1_000_000, 1_000_000 }, new[] { 2_000_000, 2_000_000 }, new[] { 0.5, 0.5 })]
    public void Fill_KnownCases_GivesTheMaxMinShares(int limit, int[] weights, int[] demand, double[] expected)
    {
        double[] shares = new double[weights.Length];

        new WaterFilling(limit, weights).Fill(demand, shares);

        Assert.All(expected.Zip(shares), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    [Fact]
    public void Fill_DemandThatChanges_SharesAllThatIsWantedUpToTheLimitByOneLevel()
    {
        int[] weights = [1, 3, 7, 2, 9];
        var filling = new WaterFilling(40, weights);
        var random = new Random(7);
        double[] shares = new double[weights.Length];
        for (int round = 0; round < 1000; round++)
        {
            int[] demand = [.. weights.Select(_ => random.Next(30))];

            filling.Fill(demand, shares);

            Assert.Equal(Math.Min(40, demand.Sum()), shares.Sum(), 9);

            // Whoever gets less than it wants stands at the level, and nobody above it.
            double[] levels = [.. shares.Select((s, i) => s / weights[i])];
            double[] wanting = [.. levels.Where((_, i) => shares[i] < demand[i] - 1e-9)];
            Assert.All(wanting, level => Assert.Equal(levels.Max(), level, 9));
        }
    }
}
