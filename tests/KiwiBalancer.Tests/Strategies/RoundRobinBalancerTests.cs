using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Strategies;

/// <summary>"Each freed slot goes to the next waiting client in turn; weights ignored."</summary>
public sealed class RoundRobinBalancerTests
{
    [Fact]
    public void Granting_WaitersOfSeveralClients_GoesRoundInTurnWhateverTheWeights()
    {
        using var balancer = new RoundRobinBalancer(10) { Limit = 0 };
        var order = new GrantOrder();
        order.Send(balancer.Register("a", weight: 100), 3);
        order.Send(balancer.Register("b", weight: 1), 1);
        order.Send(balancer.Register("c", weight: 10), 2);

        Assert.Equal("abcaca", order.AfterRaisingLimitStepByStep(balancer, 6));

        order.ReleaseAll();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Arriving_ANewcomer_IsServedAfterAtMostOneTurnOfEachOther()
    {
        using var balancer = new RoundRobinBalancer(10) { Limit = 0 };
        var order = new GrantOrder();
        order.Send(balancer.Register("a"), 5);
        order.Send(balancer.Register("b"), 5);
        order.AfterRaisingLimitStepByStep(balancer, 3);

        order.Send(balancer.Register("n"), 2);

        Assert.Contains('n', order.AfterRaisingLimitStepByStep(balancer, 6)[3..6]);
        balancer.Limit = 20;
        order.ReleaseAll();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Granting_AWideHeadWhoseTurnItIs_KeepsTheFreeSlotsForIt()
    {
        using var balancer = new RoundRobinBalancer(4);
        var wide = balancer.Register("wide");
        var narrow = balancer.Register("narrow");
        var held = Enumerable.Range(0, 4).Select(_ => narrow.Take()).ToArray();
        var wideTask = wide.AcquireAsync(3);
        var narrowTask = narrow.AcquireAsync();

        held[0].Dispose();
        held[1].Dispose();
        Assert.Equal((2, false, false), (balancer.GetSnapshot().InFlight, wideTask.IsCompleted, narrowTask.IsCompleted));
        held[2].Dispose();

        Assert.True(wideTask.IsCompleted);
        Assert.False(narrowTask.IsCompleted);
        wideTask.Granted().Dispose();
        narrowTask.Granted().Dispose();
        held[3].Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancelling_TheClientWhoseTurnItIs_PassesTheTurnOn()
    {
        using var balancer = new RoundRobinBalancer(1);
        var held = balancer.Register("holder").Take();
        using var cancel = new CancellationTokenSource();
        var first = balancer.Register("first").AcquireAsync(cancel.Token);
        var second = balancer.Register("second").AcquireAsync();

        cancel.Cancel();
        held.Dispose();

        Assert.True(first.IsCanceled);
        second.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Flooding_ByOneClient_LeavesTheOthersTheirTurns()
    {
        var clock = new FakeTimeProvider();
        using var balancer = new RoundRobinBalancer(new KiwiBalancerOptions { Limit = 10 }, clock);
        var load = new VirtualLoad(balancer, clock);
        load.AfterEvent = () => Assert.Equal(10, balancer.GetSnapshot().InFlight);
        var flood = load.Add("flood", 1, 5000, () => 1);
        var quiet = load.Add("quiet", 1, 10, () => 1);
        load.RunUntil(20.5);
        balancer.Limit = 4;
        load.AfterEvent = null;
        load.RunUntil(30.5);
        Assert.Equal(4, balancer.GetSnapshot().InFlight);

        Assert.InRange(quiet.Served, flood.Served - 20, flood.Served);
        flood.Target = quiet.Target = 0;
        balancer.Limit = 1000;
        load.RunUntil(100);
        Integrity.Check(balancer);
    }
}
