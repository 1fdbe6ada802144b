using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Issues;

/// <summary>
/// Whatever a light crowd's first used above the mean was missing at the end of its round: those not yet served had deadlines just before the heavy one's next, and all of them
/// went before it, round after round.
/// </summary>
public sealed class LateCrowdBeforeTheHeavyTests
{
    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    public void Granting_ShareOfNineTenthsAmongAThousandLightOnes_NeverFallsOneAndAHalfRequestsBehind(string distribution)
    {
        int[] weights = [.. Enumerable.Repeat(1, 1001)];
        weights[500] = 99;
        var simulation = new GrantSimulation(10, room: 1001);
        var heavy = simulation.Residents(2, Durations.Named(distribution), weights)[500];

        var record = simulation.Measure(2000);

        Assert.True(record.Of(heavy).LagBehind <= 1.5, $"{record.Of(heavy).LagBehind}");
        Assert.Equal(0.9, record.Average(heavy), 0.01);
    }
}
