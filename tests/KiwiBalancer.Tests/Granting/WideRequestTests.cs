using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>F8: requests that take more than one slot are neither starved by narrow ones nor let them idle.</summary>
public sealed class WideRequestTests
{
    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    [InlineData("exponential")]
    public void Granting_CostsOneToFour_IsFairAndLeavesLittleIdle(string distribution)
    {
        var simulation = new GrantSimulation(16);
        foreach (var resident in simulation.Residents(20, Durations.Named(distribution), 1, 1, 1, 1, 1, 1))
            resident.Cost = random => 1 + random.Next(4);
        simulation.Run(200);

        var record = simulation.Measure(5000, tolerance: 3);

        Assert.True(record.Jain() >= 0.997, $"{record.Jain()}");
        Assert.True(record.IdleFraction <= 0.07, $"{record.IdleFraction}");
        Assert.True(record.OutsideFraction < 0.0005, $"{record.OutsideFraction}");
    }

    [Fact]
    public void Granting_EachClientItsOwnCost_IsFair()
    {
        var simulation = new GrantSimulation(16);
        foreach (var resident in simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1, 1, 1))
            resident.Cost = _ => 1 + (resident.Index % 4);
        simulation.Run(200);

        var record = simulation.Measure(5000, tolerance: 3);

        Assert.True(record.Jain() >= 0.997, $"{record.Jain()}");
        Assert.Equal(0, record.OutsideTime);
    }

    [Theory]
    [InlineData(20, new[] { 1, 6, 3 }, new[] { 1, 1, 1 })]
    [InlineData(20, new[] { 6, 1, 3 }, new[] { 1, 1, 1 })]
    [InlineData(20, new[] { 3, 6, 1 }, new[] { 1, 1, 1 })]
    [InlineData(20, new[] { 1, 6, 3 }, new[] { 2, 1, 3 })]
    [InlineData(40, new[] { 3, 5, 7 }, new[] { 1, 1, 1 })]
    [InlineData(40, new[] { 4, 1, 3, 3 }, new[] { 1, 1, 1, 1 })]
    [InlineData(42, new[] { 1, 3, 5, 1 }, new[] { 5, 3, 3, 1 })]
    [InlineData(24, new[] { 1, 2, 3, 4, 5 }, new[] { 3, 2, 1, 1, 1 })]
    [InlineData(46, new[] { 4, 6, 2, 2, 7 }, new[] { 5, 5, 1, 2, 1 })]
    [InlineData(33, new[] { 2, 4, 1, 4 }, new[] { 1, 1, 1, 3 })]
    [InlineData(16, new[] { 1, 2, 3, 3 }, new[] { 1, 1, 1, 1 })]
    public void Granting_CostsOfVeryDifferentWidths_KeepsQuotasAtEveryInstantAndSharesInTheLongRun(int limit, int[] costs, int[] weights)
    {
        foreach (var distribution in new[] { "constant", "uniform", "lognormal" })
        {
            var simulation = new GrantSimulation(limit);
            var residents = simulation.Residents(2 * limit, Durations.Named(distribution), weights);
            foreach (var resident in residents)
                resident.Cost = _ => costs[resident.Index];
            simulation.Run(200);

            var record = simulation.Measure(1500, tolerance: costs.Max() - 1);

            Assert.True(record.OutsideTime == 0, $"{distribution}: outside {record.OutsideFraction:p2}, off by {record.MaxDeviation:f2}");
            var parts = residents.Select(r => record.Used(r) / record.Entitled(r)).ToArray();
            Assert.True(parts.Max() / parts.Min() <= 1.015, $"{distribution}: {string.Join(' ', parts)}");
        }
    }

    [Theory]
    [InlineData(13, new[] { 5, 5, 4 }, new[] { 5, 5, 3 })]
    [InlineData(5, new[] { 3, 4 }, new[] { 2, 81 })]
    [InlineData(15, new[] { 6, 5 }, new[] { 39, 2 })]
    public void Granting_WidthsThatCannotBePackedWithinAllQuotas_StarvesNobody(int limit, int[] costs, int[] weights)
    {
        var simulation = new GrantSimulation(limit);
        var residents = simulation.Residents(2 * limit, Durations.Uniform(0.5, 1.5), weights);
        foreach (var resident in residents)
            resident.Cost = _ => costs[resident.Index];
        simulation.Run(200);

        var record = simulation.Measure(20_000);

        Assert.All(residents, r => Assert.True(record.Average(r) > 0.5 * record.Ideal(r), $"{r.Index}: {record.Average(r):f3} of {record.Ideal(r):f3}"));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public void Granting_WideAmongNarrow_GetsItsHalf(int cost)
    {
        var simulation = new GrantSimulation(8);
        var residents = simulation.Residents(30, Durations.Uniform(0.5, 1.5), 1, 1);
        residents[1].Cost = _ => cost;
        simulation.Run(200);

        var record = simulation.Measure(3000, tolerance: cost - 1);

        Assert.InRange(record.Used(residents[1]) / record.Used(residents[0]), 0.95, 1.05);
    }

    [Fact]
    public void Granting_WideAmongManyNarrow_IsBypassedOnlyUntilItsDeadline()
    {
        // Nine narrow clients would eat every freed slot: the wide head of four would never see four free at once.
        var simulation = new GrantSimulation(10);
        var residents = simulation.Residents(20, Durations.Uniform(0.5, 1.5), Enumerable.Repeat(1, 10).ToArray());
        residents[0].Cost = _ => 4;
        simulation.Run(200);

        var record = simulation.Measure(2000, tolerance: 3);

        Assert.InRange(record.Average(residents[0]), 0.93, 1.07);
    }

    [Fact]
    public void Granting_OverdueWideHead_ComesBeforeQuota()
    {
        // Shares of 1 for sixteen: each narrow client's own slot is Quota again at once, so that Quota is never empty; the wide one is owed.
        var simulation = new GrantSimulation(16);
        var residents = simulation.Residents(20, Durations.Exponential(1), Enumerable.Repeat(1, 16).ToArray());
        residents[3].Cost = _ => 2;
        simulation.Run(100);

        var record = simulation.Measure(2000, tolerance: 1);

        Assert.InRange(record.Average(residents[3]), 0.9, 1.1);
    }

    [Fact]
    public void Reserving_ForACancelledHead_GivesItsSlotsOutAtOnce()
    {
        var simulation = new GrantSimulation(4);
        var narrow = simulation.Residents(10, Durations.Constant(1), 1)[0];
        simulation.Run(0.5);
        var wideClient = simulation.Add(3);
        var wide = simulation.Send(wideClient, cost: 4, duration: 1);
        for (var offset = 0.1; offset < 0.9 && simulation.InFlight == 4; offset += 0.1)
            simulation.Run(0.5 + offset);
        simulation.SetLimit(6);
        simulation.Run(1.2);
        simulation.Cancel(wide);

        Assert.Equal(6, simulation.InFlight);
        Assert.Equal(6, narrow.InFlight);
        Assert.False(wide.HasStarted);
    }

    [Fact]
    public void LoweringTheLimit_BelowTheCostOfAHead_LetsOthersPassUntilItRises()
    {
        // A head of eight on a limit of five would otherwise hold its reservation for ever, at 0 of 5.
        var simulation = new GrantSimulation(20);
        var wide = simulation.Residents(10, Durations.Constant(1), 1)[0];
        wide.Cost = _ => 8;
        var narrow = simulation.Residents(30, Durations.Constant(1), 1)[0];
        simulation.Run(20);
        simulation.SetLimit(5);
        simulation.Run(22);

        var record = simulation.Measure(10);
        Assert.Equal(5, record.Average(narrow), 6);
        Assert.Equal(0, wide.InFlight);

        simulation.SetLimit(20);
        simulation.Run(60);
        record = simulation.Measure(200, tolerance: 7);
        Assert.True(record.Average(wide) > 7, $"{record.Average(wide)}");
    }
}
