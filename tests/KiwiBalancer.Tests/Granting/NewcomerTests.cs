using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>F4 and F6: who arrives gets its share soon, idling earns nothing, and what others are owed holds nobody back for long.</summary>
public sealed class NewcomerTests
{
    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    public void Arriving_WithAWholeShare_HoldsItWithinOneAndAHalfRequests(string distribution)
    {
        const int Runs = 200;
        var times = new List<double>();
        for (var seed = 0; seed < Runs; seed++)
        {
            var simulation = new GrantSimulation(20, seed);
            simulation.Residents(30, Durations.Named(distribution), 2, 2, 2, 2, 2);
            simulation.Run(30 + ((double)seed / Runs));
            times.Add(TimeUntil(simulation, weight: 10, outstanding: 30, slots: 10, distribution));
        }

        Assert.True(times.Average() <= 0.72 && times.Max() <= 1.25, $"mean {times.Average()}, worst {times.Max()}");
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    public void Arriving_WithLessThanASlot_StartsWithinARoundAndAQuarter(string distribution)
    {
        int[] weights = [1, 2, 5, 10, 20];
        for (var seed = 0; seed < 100; seed++)
        {
            var simulation = new GrantSimulation(10, seed, room: 128);
            simulation.Residents(2, Durations.Named(distribution), Enumerable.Range(0, 100).Select(i => weights[i % 5]).ToArray());
            simulation.Run(100 + (seed * 1.37));
            var weight = weights[seed % 5];

            var wait = TimeUntil(simulation, weight, outstanding: 2, slots: 1, distribution);

            var share = 10.0 * weight / (760 + weight);
            Assert.True(wait <= 1.25 / share, $"seed {seed}: waited {wait} with a share of {share}");
        }
    }

    [Fact]
    public void Arriving_AmongOneShotClients_IsServedLikeEverybody()
    {
        // Eight one-shot clients come and go in a D beside two residents on ten slots. V as a mean of v stands still under them and the residents starve.
        var simulation = new GrantSimulation(10, room: 2500);
        var residents = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1);
        for (var i = 0; i < 2000; i++)
        {
            simulation.At(i / 8.0, () => simulation.Send(simulation.Add(), duration: 1));
        }

        simulation.Run(50);
        var record = simulation.Measure(200);

        foreach (var resident in residents)
            Assert.InRange(record.Used(resident) / record.Entitled(resident), 0.9, 1.15);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Returning_AfterIdling_GetsNoMoreThanItsShareOfTheSecondsAfter(double idle)
    {
        var simulation = new GrantSimulation(1);
        var residents = simulation.Residents(5, Durations.Constant(1), 1, 1);
        simulation.Run(10);
        simulation.Leave(residents[0]);
        simulation.Keep(simulation.Residents(5, Durations.Constant(1), 1)[0], 1);
        simulation.Run(10 + idle);
        residents[0].Left = long.MaxValue;
        simulation.Keep(residents[0], 5);

        var record = simulation.Measure(30);

        Assert.InRange(record.Used(residents[0]), 9, 11.01);
    }

    [Fact]
    public void Arriving_WhileOthersAreOwedForAThousandRequests_WaitsNoLongerThanFourRounds()
    {
        // Five clients with a share of a half hold a whole slot for 1,000 D; the other fifteen are then owed a hundred requests each, and take them.
        var simulation = new GrantSimulation(10);
        var residents = simulation.Residents(5, Durations.Uniform(0.5, 1.5), Enumerable.Repeat(1, 20).ToArray());
        foreach (var resident in residents.Take(5))
            resident.Duration = random => simulation.Now is > 20 and < 22 ? 1000 : 0.5 + random.NextDouble();
        simulation.Run(1025);

        var wait = TimeUntil(simulation, weight: 1, outstanding: 2, slots: 1, "constant");

        // The mean request of the time before ran for 2 D, and the share is 10/21.
        Assert.True(wait <= 4 * 2 / (10 / 21.0), $"{wait}");
    }

    [Fact]
    public void Leaving_DeepInDebt_DoesNotLeaveTheOthersWithCreditAgainstNewcomers()
    {
        // The debtors are gone, nobody is left to give back what they had: newcomers must not pay for it.
        var simulation = new GrantSimulation(10);
        var residents = simulation.Residents(5, Durations.Uniform(0.5, 1.5), Enumerable.Repeat(1, 20).ToArray());
        foreach (var resident in residents.Take(5))
            resident.Duration = random => simulation.Now is > 20 and < 22 ? 1000 : 0.5 + random.NextDouble();
        simulation.Run(1025);
        foreach (var resident in residents.Take(5))
            simulation.Leave(resident);
        simulation.Run(1045);
        var newcomer = simulation.Residents(5, Durations.Uniform(0.5, 1.5), 1)[0];

        var record = simulation.Measure(100);

        Assert.InRange(record.Used(newcomer) / record.Entitled(newcomer), 0.85, 1.1);
    }

    [Fact]
    public void Leaving_TheDebtor_LeavesTheCreditorNoMoreThanFourRoundsOfCredit()
    {
        // Shares 5, .5 and .5: while one half holds a slot for 1,000 D the other gets nothing. When that debtor has gone, the slots it had are gone too,
        // and without a bound the creditor would be paid by the third for 1,100 D.
        var simulation = new GrantSimulation(6);
        var residents = simulation.Residents(10, Durations.Uniform(0.5, 1.5), 10, 1, 1);
        residents[1].Duration = random => simulation.Now is > 20 and < 25 ? 1000 : 0.5 + random.NextDouble();
        simulation.Run(1030);
        simulation.Leave(residents[1]);
        simulation.Run(1100);

        var record = simulation.Measure(300);

        Assert.InRange(record.Average(residents[2]), 0.49, 0.6);
    }

    [Fact]
    public void Leaving_TheCreditors_ForgivesTheDebtsOfThoseWhoStay()
    {
        // Nobody is left who could be paid back: a newcomer must not collect it, with two slots of five thirds for hundreds of D.
        var simulation = new GrantSimulation(10);
        var residents = simulation.Residents(5, Durations.Uniform(0.5, 1.5), Enumerable.Repeat(1, 20).ToArray());
        foreach (var resident in residents.Take(5))
            resident.Duration = random => simulation.Now is > 20 and < 22 ? 1000 : 0.5 + random.NextDouble();
        simulation.Run(1025);
        foreach (var resident in residents.Skip(5))
            simulation.Leave(resident);
        simulation.Run(1030);
        var newcomer = simulation.Residents(5, Durations.Uniform(0.5, 1.5), 1)[0];
        simulation.Run(1040);

        var record = simulation.Measure(200);

        Assert.InRange(record.Average(newcomer), 1.58, 1.75);
    }

    private static double TimeUntil(GrantSimulation simulation, int weight, int outstanding, int slots, string distribution)
    {
        var start = simulation.Now;
        var newcomer = simulation.Add(weight);
        newcomer.Duration = Durations.Named(distribution);
        var reached = double.PositiveInfinity;
        simulation.Settled = () => reached = newcomer.InFlight >= slots ? Math.Min(reached, simulation.Now - start) : reached;
        simulation.Keep(newcomer, outstanding);
        for (var i = 0; i < 500 && double.IsInfinity(reached); i++)
            simulation.Run(simulation.Now + 2);
        return reached;
    }
}
