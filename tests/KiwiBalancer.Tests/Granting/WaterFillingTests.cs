using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

public sealed class WaterFillingTests
{
    [Theory]
    [InlineData(new long[] { 1, 47 }, new[] { 1, 1 }, 42, new[] { 1.0, 41 })]
    [InlineData(new long[] { 3, 7, 9, 1 }, new[] { 1, 1, 1, 1 }, 14, new[] { 3.0, 5, 5, 1 })]
    [InlineData(new long[] { 1, 9, 7, 3 }, new[] { 1, 1, 1, 1 }, 21, new[] { 1.0, 9, 7, 3 })]
    [InlineData(new long[] { 1000, 500, 200 }, new[] { 6, 4, 2 }, 120, new[] { 60.0, 40, 20 })]
    [InlineData(new long[] { 2000, 500, 700 }, new[] { 10, 10, 30 }, 1000, new[] { 200.0, 200, 600 })]
    [InlineData(new long[] { 0, 5, 0 }, new[] { 7, 1, 1 }, 3, new[] { 0.0, 3, 0 })]
    [InlineData(new long[] { 5, 5 }, new[] { 1, 1 }, 0, new[] { 0.0, 0 })]
    [InlineData(new long[] { int.MaxValue, int.MaxValue }, new[] { 1_000_000, 1_000_000 }, int.MaxValue - 1, new[] { 1073741823.0, 1073741823 })]
    public void Fill_KnownExamples_GivesTheirShares(long[] demands, int[] weights, long limit, double[] expected)
    {
        var shares = Enumerable.Repeat(double.NaN, demands.Length).ToArray();

        WaterFilling.Fill(demands, weights, limit, shares);

        Assert.Equal(expected, shares);
    }

    [Fact]
    public void Fill_AnyDemands_SumsToTheLimitAndLetsNobodyEnvyByWeight()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var count = random.Next(1, 20);
            var demands = Enumerable.Range(0, count).Select(_ => (long)random.Next(0, 30)).ToArray();
            var weights = Enumerable.Range(0, count).Select(_ => random.Next(1, 9)).ToArray();
            var limit = random.Next(0, 200);
            var shares = new double[count];

            WaterFilling.Fill(demands, weights, limit, shares);

            Assert.Equal(Math.Min(limit, demands.Sum()), shares.Sum(), 9);
            var level = Enumerable.Range(0, count).Max(i => demands[i] == 0 ? 0 : shares[i] / weights[i]);
            Assert.All(Enumerable.Range(0, count), i => Assert.True(
                shares[i] <= demands[i] && (shares[i] > demands[i] - 1e-9 || shares[i] / weights[i] > level - 1e-9)));
        }
    }
}
