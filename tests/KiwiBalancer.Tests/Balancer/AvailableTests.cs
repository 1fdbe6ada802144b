using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

public sealed class AvailableTests
{
    [Fact]
    public void Available_AsSlotsAreTakenAndRequestsWait_IsWhatTheClientCouldTakeAtOnce()
    {
        using var balancer = new WeightedBalancer(4);
        var (one, two) = (balancer.Register("one"), balancer.Register(new BalancerClientOptions { Name = "two", MaxInFlight = 2 }));

        Assert.Equal((4, 2), (one.Available, two.Available));
        var held = Pending.Of(one, cost: 3);
        Assert.Equal((1, 1), (one.Available, two.Available));
        var wide = Pending.Of(one, cost: 2);
        Assert.Equal((0, 0), (one.Available, two.Available));
        Pending.Finish(held, wide);
        Assert.Equal(4, one.For<int, int>(static (request, _) => new(request)).Available);
        balancer.Limit = 0;
        Assert.Equal(0, one.Available);
        balancer.Limit = 4;
        one.Dispose();
        Assert.Equal(0, one.Available);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Available_AboveALoweredLimit_IsNone()
    {
        using var balancer = new WeightedBalancer(4);
        var client = balancer.Register("a");
        using (client.Take(3))
        {
            balancer.Limit = 1;
            Assert.Equal(0, client.Available);
        }

        Integrity.Check(balancer);
    }

    [Fact]
    public void Available_StrategiesWithoutADoor_CountsFreeSlots()
    {
        using var balancer = new BatchBalancer(4);
        var client = balancer.Register("a");
        using (client.Take())
        {
            Assert.Equal(3, client.Available);
        }

        Integrity.Check(balancer);
    }
}
