using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>The examples by which others explain or test their schedulers.</summary>
public sealed class NumbersOfOthersTests
{
    [Theory]
    [InlineData(new[] { 1, 1, 2 }, new[] { 25, 25, 50 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 34, 33, 33 })]
    [InlineData(new[] { 1, 1 }, new[] { 50, 50 })]
    public void RaisingTheLimit_EverythingEnqueued_SharesByWeight(int[] weights, int[] expected)
    {
        var simulation = Enqueued(limit: 100, weights, weights.Select(_ => 1000).ToArray());

        Assert.Equal(expected.Order(), simulation.Clients.Select(c => c.InFlight).Order());
    }

    [Fact]
    public void Finishing_TheHeavyClient_LeavesFiftyFifty()
    {
        var simulation = Enqueued(100, [1, 1, 2], [1000, 1000, 150]);
        simulation.Run(4.5);

        Assert.Equal([50, 50, 0], simulation.Clients.Select(c => c.InFlight));
    }

    [Theory]
    [InlineData(120, new[] { 6, 4, 2 }, new[] { 1000, 500, 200 }, new[] { 60, 40, 20 })]
    [InlineData(1000, new[] { 10, 10, 30 }, new[] { 2000, 500, 700 }, new[] { 200, 200, 600 })]
    [InlineData(42, new[] { 1, 1 }, new[] { 1, 47 }, new[] { 1, 41 })]
    [InlineData(14, new[] { 1, 1, 1, 1 }, new[] { 3, 7, 9, 1 }, new[] { 3, 5, 5, 1 })]
    [InlineData(21, new[] { 1, 1, 1, 1 }, new[] { 1, 9, 7, 3 }, new[] { 1, 9, 7, 3 })]
    public void RaisingTheLimit_DifferentWants_GivesTheMaxMinShares(int limit, int[] weights, int[] wants, int[] expected)
    {
        var simulation = Enqueued(limit, weights, wants);

        Assert.Equal(expected, simulation.Clients.Select(c => c.InFlight));
    }

    [Fact]
    public void Freeing_SevenSlotsAtOnce_GrantsByInFlightPerWeight()
    {
        // CockroachDB's order for weights 2:5. Ties go to the heavier.
        var order = new List<int>();
        var simulation = new GrantSimulation(7) { Granted = request => order.Add(request.Client.Index + 1) };
        simulation.SetLimit(0);
        foreach (var weight in new[] { 2, 5 })
        {
            var client = simulation.Add(weight);
            for (var i = 0; i < 5; i++)
                simulation.Send(client, duration: 1);
        }

        simulation.SetLimit(7);

        Assert.Equal([2, 1, 2, 2, 1, 2, 2], order);
    }

    [Theory]
    [InlineData(8, 0, 20, 8, 1.0, 20)]
    [InlineData(8, 1.0, 20, 7, 0.5, 30)]
    public void Granting_TwoFlowsOnFourSlotsThatThink_HaveTwoEach(int threads1, double think1, int calls1, int threads2, double think2, int calls2)
    {
        var simulation = new GrantSimulation(4);
        Flow(simulation, 1, threads1, calls1, think1, 1);
        Flow(simulation, 1, threads2, calls2, think2, 1);
        simulation.Run(5);

        var record = simulation.Measure(60);

        Assert.InRange(record.Average(simulation.Clients[0]), 1.98, 2.02);
        Assert.InRange(record.Average(simulation.Clients[1]), 1.98, 2.02);
        simulation.RunToEnd();
        Assert.True(simulation.IsEmpty);
    }

    [Fact]
    public void Granting_WeightsTwoToOneOnThreeSlots_GivesTwoAndOne()
    {
        var simulation = new GrantSimulation(3);
        Flow(simulation, 2, threads: 4, calls: 20, think: 0, cost: 1);
        Flow(simulation, 1, threads: 2, calls: 20, think: 0, cost: 1);
        simulation.Run(2);

        var record = simulation.Measure(30);

        Assert.InRange(record.Average(simulation.Clients[0]), 1.98, 2.02);
        Assert.InRange(record.Average(simulation.Clients[1]), 0.99, 1.01);
        simulation.RunToEnd();
        Assert.True(simulation.IsEmpty);
    }

    [Fact]
    public void Granting_CostOneBesideCostTwoOnSixSlots_HaveThreeEach()
    {
        var simulation = new GrantSimulation(6);
        Flow(simulation, 1, threads: 13, calls: 10, think: 0, cost: 1);
        Flow(simulation, 1, threads: 7, calls: 10, think: 0, cost: 2);
        simulation.Run(2);

        var record = simulation.Measure(38);

        Assert.InRange(record.Average(simulation.Clients[0]), 2.85, 3.15);
        Assert.InRange(record.Average(simulation.Clients[1]), 2.85, 3.15);
    }

    private static GrantSimulation Enqueued(int limit, int[] weights, int[] wants)
    {
        var simulation = new GrantSimulation(limit);
        simulation.SetLimit(0);
        foreach (var (weight, want) in weights.Zip(wants))
        {
            var client = simulation.Add(weight);
            for (var i = 0; i < want; i++)
                simulation.Send(client, duration: 1);
        }

        simulation.SetLimit(limit);
        return simulation;
    }

    private static void Flow(GrantSimulation simulation, int weight, int threads, int calls, double think, int cost)
    {
        var client = simulation.Add(weight);
        client.Left = threads * calls;
        client.Cost = _ => cost;
        if (think > 0)
            client.Think = Durations.Constant(think);
        simulation.Keep(client, threads);
    }
}
