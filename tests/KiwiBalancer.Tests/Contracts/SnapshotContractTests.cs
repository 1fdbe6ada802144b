using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Contracts;

/// <summary>What .NET's limiter says as statistics, we say as a snapshot: right at every step, and never changed afterwards.</summary>
public sealed class SnapshotContractTests
{
    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void GetSnapshot_AtEveryStep_HasTheNumbersOfThatStep(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 100, MaxQueueLength = 1 });
        var client = balancer.Register("a");
        void AssertIs(int inFlight, int waiting)
        {
            var snapshot = balancer.GetSnapshot();
            Assert.Equal((100, inFlight, waiting), (snapshot.Limit, snapshot.InFlight, snapshot.Waiting));
            Assert.Equal((inFlight, waiting), (snapshot.Clients[0].InFlight, snapshot.Clients[0].Waiting));
        }

        AssertIs(0, 0);
        var first = client.Take(60);
        AssertIs(60, 0);
        var second = Pending.Of(client, 50);
        AssertIs(60, 1);
        Assert.Equal(RejectionReason.QueueFull, Pending.Of(client).Reason);
        AssertIs(60, 1);
        Assert.False(client.TryAcquire(100, out _));
        AssertIs(60, 1);
        first.Dispose();
        AssertIs(50, 0);
        Pending.Finish(second);
        AssertIs(0, 0);
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void GetSnapshot_TakenBefore_StaysAsItWas(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var before = balancer.GetSnapshot();

        using (client.Take())
        {
            Assert.Equal((0, 1), (before.InFlight, balancer.GetSnapshot().InFlight));
            Assert.Equal((0, 1), (before.Clients[0].InFlight, balancer.GetSnapshot().Clients[0].InFlight));
        }

        Integrity.Check(balancer);
    }
}
