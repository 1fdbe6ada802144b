using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>F3 and F5: what a share has after the point is honoured over time, whatever the durations.</summary>
public sealed class FractionalShareTests
{
    private static readonly int[] Mixed = [1, 2, 5, 10, 20];

    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    [InlineData("exponential")]
    public void Granting_OneOfSixAHundredTimesLongerAtHalfASlot_UsesHalfASlot(string distribution)
    {
        var duration = Durations.Named(distribution);
        var simulation = new GrantSimulation(3);
        var residents = simulation.Residents(30, duration, 1, 1, 1, 1, 1, 1);
        residents[0].Duration = random => 100 * duration(random);
        simulation.Run(1000);

        var record = simulation.Measure(100_000);

        Assert.Equal(0.5, record.Average(residents[0]), 0.015 * 0.5);
        Assert.True(record.Jain() > 0.9999 && record.MaxError() < 0.015, $"{record.Jain()} {record.MaxError()}");
        Assert.Equal(0, record.OutsideTime);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    public void Granting_ThousandClientsOnTenSlots_LagsTheFluidIdealByLessThanOneAndAHalfRequests(string distribution)
    {
        var simulation = new GrantSimulation(10, room: 1000);
        simulation.Residents(2, Durations.Named(distribution), Enumerable.Range(0, 1000).Select(i => Mixed[i % 5]).ToArray());

        var record = simulation.Measure(5000);

        // A client that was owed nothing and gets a request of 1.5 D cannot be less than 1.5 D ahead after it.
        Assert.True(record.MaxLag <= 1.5, $"{record.MaxLag}");
        Assert.True(record.Jain() > 0.998, $"{record.Jain()}");
    }

    [Fact]
    public void Granting_HundredClientsOnTenSlotsForFiveHundredRounds_IsProportionalWithinOneAndAHalfPercent()
    {
        var simulation = new GrantSimulation(10, room: 100);
        simulation.Residents(2, Durations.Exponential(1), Enumerable.Range(0, 100).Select(i => Mixed[i % 5]).ToArray());

        // The smallest share is 10/760: 500 rounds are 38,000 D.
        var record = simulation.Measure(38_000);

        Assert.True(record.MaxError() <= 0.015, $"{record.MaxError()}");
    }

    [Theory]
    [InlineData("constant", 1)]
    [InlineData("uniform", 1)]
    [InlineData("exponential", 1)]
    [InlineData("uniform", 1000)]
    public void Granting_WeightsThousandToOne_GivesTheLightOneItsHundredth(string distribution, int scale)
    {
        var simulation = new GrantSimulation(10);
        var residents = simulation.Residents(30, Durations.Named(distribution), 1000 * scale, scale);
        simulation.Run(300);

        var record = simulation.Measure(40_000);

        Assert.InRange(record.Average(residents[1]), 0.0095, 0.0105);
        Assert.Equal(0, record.OutsideTime);
    }

    [Theory]
    [InlineData("constant", 201)]
    [InlineData("uniform", 301)]
    public void Granting_WeightsThousandToOneWithTwoOutstanding_WaitsNoLongerThanWhatWasUsedBefore(string distribution, double worst)
    {
        // D/s is 100.1 D; the second in the queue waits until two requests are paid for, and they may have run for 1.5 D each.
        var simulation = new GrantSimulation(10);
        var light = simulation.Residents(2, Durations.Named(distribution), 1000, 1)[1];
        simulation.Keep(simulation.Clients[0], 28);
        simulation.Run(300);
        light.WorstWait = 0;

        simulation.Run(40_300);

        Assert.True(light.WorstWait < worst, $"{light.WorstWait}");
    }

    [Fact]
    public void Granting_HeavyShareOfNineTenthsAmongAThousandLightOnes_IsNotLeftBehind()
    {
        // Smallest v first would serve all thousand of them before the heavy one's second turn: it fell 71 slots·D behind.
        var simulation = new GrantSimulation(10, room: 1001);
        var weights = Enumerable.Repeat(1, 1001).ToArray();
        weights[500] = 99;
        var heavy = simulation.Residents(2, Durations.Constant(1), weights)[500];
        simulation.Run(200);

        var record = simulation.Measure(2000);

        Assert.Equal(0.9, record.Ideal(heavy), 2);
        Assert.True(Math.Abs(record.Entitled(heavy) - record.Used(heavy)) < 1.5, $"{record.Entitled(heavy) - record.Used(heavy)}");
        Assert.True(record.MaxLag < 2, $"{record.MaxLag}");
    }
}
