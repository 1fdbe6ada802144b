using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>F1 and F2: every slot is used, and at every instant a client holds its share rounded down or up.</summary>
public sealed class WholeShareTests
{
    public static TheoryData<string> Distributions => new(Durations.Names);

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Granting_WholeShares_GivesEachExactlyItsShareAtEveryInstant(string distribution)
    {
        var simulation = new GrantSimulation(20);
        simulation.Residents(30, Durations.Named(distribution), 1, 2, 3, 4);
        simulation.Run(200);

        var record = simulation.Measure(2000);

        Assert.Equal(0, record.MaxDeviation, 9);
        Assert.Equal(0, record.OutsideTime);
        Assert.Equal(0, record.Idle, 6);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Granting_BrokenShares_StaysBetweenFloorAndCeilingAtEveryInstant(string distribution)
    {
        var simulation = new GrantSimulation(17);
        simulation.Residents(30, Durations.Named(distribution), 1, 2, 3, 4);
        simulation.Run(200);

        var record = simulation.Measure(5000);

        Assert.True(record.MaxDeviation < 0.91, $"{record.MaxDeviation}");
        Assert.Equal(0, record.OutsideTime);
        Assert.Equal(0, record.Idle, 6);
        Assert.True(record.Jain() > 0.99999 && record.MaxError() < 0.005, $"{record.Jain()} {record.MaxError()}");
    }

    [Fact]
    public void Leaving_WhileOneIsDeepInDebt_GivesItItsWholeSlotsAtOnce()
    {
        // The first has just had one slot for 300 D, where .78 was its share: by time alone it is for long the turn of the others. Then two leave, and its share is 1; the others' is 1.5.
        var simulation = new GrantSimulation(7);
        var residents = simulation.Residents(4, Durations.Uniform(0.5, 1.5), 2, 3, 3, 3, 3, 2, 2);
        residents[0].Duration = random => simulation.Now < 1 ? 300 : 1;
        simulation.Run(310);
        Assert.Equal(0, residents[0].InFlight);
        simulation.Leave(residents[5]);
        simulation.Leave(residents[6]);
        simulation.Run(313);

        var record = simulation.Measure(50);

        Assert.Equal(0, record.OutsideTime);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Granting_AnyWeightsAndLimit_StaysBetweenFloorAndCeiling(int seed)
    {
        var random = new Random(seed);
        var simulation = new GrantSimulation(random.Next(1, 200), seed);
        foreach (var resident in simulation.Residents(210, Durations.Exponential(1), Enumerable.Range(0, random.Next(2, 30)).Select(_ => random.Next(1, 100)).ToArray()))
            resident.Duration = Durations.Named(Durations.Names[random.Next(6)]);
        simulation.Run(300);

        var record = simulation.Measure(50);

        Assert.Equal(0, record.OutsideTime);
        Assert.Equal(0, record.Idle, 6);
    }

    [Fact]
    public void Granting_ClientThatWantsLess_LeavesTheRestByWeight()
    {
        // Max-min: 2 of 20 are enough for the first, the others share 18 by 1:2.
        var simulation = new GrantSimulation(20);
        var small = simulation.Residents(2, Durations.Exponential(1), 5)[0];
        var others = simulation.Residents(30, Durations.Exponential(1), 1, 2);
        simulation.Run(50);

        var record = simulation.Measure(1000);

        // Its next request comes when a slot of its own has just been handed on, and waits for the next of twenty.
        Assert.InRange(record.Average(small), 1.88, 2);
        Assert.Equal(0.5, record.Average(others[0]) / record.Average(others[1]), 2);
    }

    [Fact]
    public void Granting_OneOfFourAHundredTimesLonger_HoldsItsShareAndNoMore()
    {
        var simulation = new GrantSimulation(10);
        var residents = simulation.Residents(30, Durations.Constant(1), 1, 1, 1, 1);
        residents[0].Duration = Durations.Constant(100);
        simulation.Run(1000);

        var record = simulation.Measure(50_000);

        Assert.Equal(2.5, record.Average(residents[0]), 1.5 / 100 * 2.5);
        Assert.Equal(0.5, record.MaxDeviation, 9);
        Assert.Equal(0, record.OutsideTime);
    }
}
