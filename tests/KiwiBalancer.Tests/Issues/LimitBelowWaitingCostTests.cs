using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A limit lowered below the cost of what waits must not stall everybody for ever: 20 to 5 with waiters of cost 8.</summary>
public sealed class LimitBelowWaitingCostTests
{
    [Fact]
    public void Lower_BelowTheCostOfWaiters_KeepsServingTheOthersAndBringsTheWideBackInOrder()
    {
        using var balancer = new WeightedBalancer(20);
        var (wide, narrow, mixed) = (balancer.Register("wide"), balancer.Register("narrow"), balancer.Register("mixed"));
        var holders = Pending.Many(narrow, 20);
        var wides = Pending.Many(wide, 4, cost: 8);
        Pending[] mixture = [Pending.Of(mixed, 8), Pending.Of(mixed), Pending.Of(mixed, 8), Pending.Of(mixed)];
        var narrows = Pending.Many(narrow, 40);

        balancer.Limit = 5;
        Pending.Finish(holders);
        Pending.Finish(narrows);

        // All the narrow have been served, those of the mixed client too, which stood behind a wide one.
        Assert.Equal([false, true, false, true], mixture.Select(request => request.IsAnswered));
        Pending.Finish(mixture[1], mixture[3]);
        Assert.All(wides, request => Assert.False(request.IsAnswered));
        Assert.Equal((0, 6), (balancer.GetSnapshot().InFlight, balancer.GetSnapshot().Waiting));

        balancer.Limit = 8;
        Pending[] order = [.. wides, mixture[0], mixture[2]];
        var served = new List<Pending>();
        for (var i = 0; i < order.Length; i++)
        {
            var next = Assert.Single(order, request => request.IsHeld);
            served.Add(next);
            next.Release();
        }

        // In their old order, each client's.
        Assert.Equal(wides, served.Where(wides.Contains));
        Assert.Equal([mixture[0], mixture[2]], served.Where(mixture.Contains));
        Integrity.Check(balancer);
    }

    [Fact]
    public void Raise_BeforeTheNarrowerWereServed_PutsTheWideOnesBackBetweenThem()
    {
        using var balancer = new WeightedBalancer(8);
        var client = balancer.Register("a");
        var holder = Pending.Of(client, 8);
        Pending[] line = [Pending.Of(client, 1), Pending.Of(client, 8), Pending.Of(client, 2), Pending.Of(client, 7), Pending.Of(client, 3)];

        balancer.Limit = 5;
        balancer.Limit = 7;
        balancer.Limit = 2;
        balancer.Limit = 8;
        holder.Release();

        Assert.Equal([true, false, false, false, false], line.Select(request => request.IsHeld));
        foreach (var expected in new[] { new[] { 1 }, [2], [3], [4] })
        {
            Pending.Finish(line.Where(request => request.IsHeld));
            Assert.Equal(expected, Enumerable.Range(0, line.Length).Where(i => line[i].IsHeld));
        }

        line[4].Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_WaiterTooWideForTheLimit_LeavesAtOnceAndOpensTheGate()
    {
        using var balancer = new WeightedBalancer(20);
        var client = balancer.Register("a");
        balancer.Limit = 5;
        using var source = new CancellationTokenSource();
        var wide = Pending.Of(client, 8, source.Token);
        Assert.True(balancer.Engine.Ledger.Read().IsGated);

        source.Cancel();

        Assert.True(wide.IsCancelled);
        Integrity.Check(balancer);
    }
}
