using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A head that waits for its own client's cap leaves the gate open, and while it was open a lowered limit was not looked at: those behind a head that had become too wide for the limit did not pass it.</summary>
public sealed class LimitLoweredBelowAHeadThatWaitsForItsCapTests
{
    [Fact]
    public void Limit_LoweredBelowTheHeadsCost_LetsThoseBehindPass()
    {
        using var balancer = new WeightedBalancer(10);
        var client = balancer.Register(new BalancerClientOptions { Name = "capped", MaxInFlight = 3 });
        var held = Pending.Of(client);
        var wide = Pending.Of(client, cost: 3);
        var behind = Pending.Of(client);
        Assert.False(behind.IsAnswered);

        balancer.Limit = 2;

        Assert.True(behind.IsHeld);
        Assert.False(wide.IsAnswered);
        balancer.Limit = 10;
        Pending.Finish(held, behind, wide);
        Integrity.Check(balancer);
    }
}
