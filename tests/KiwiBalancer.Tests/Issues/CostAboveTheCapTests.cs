using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A request wider than its client's own cap can never be granted under it, and held up everything its client sent after it.</summary>
public sealed class CostAboveTheCapTests
{
    [Fact]
    public void Acquire_CostAboveTheClientsCap_IsPassedByItsClientsNarrowerOnes()
    {
        using var balancer = new WeightedBalancer(10);
        var client = balancer.Register(new BalancerClientOptions { Name = "capped", MaxInFlight = 2 });

        var wide = Pending.Of(client, 3);
        var narrow = Pending.Of(client);
        Assert.False(wide.IsAnswered);
        Assert.True(narrow.IsHeld);
        Assert.False(balancer.Engine.Ledger.Read().IsGated);

        client.Reconfigure(new BalancerClientOptions { MaxInFlight = 4 });
        Assert.True(wide.IsHeld);
        Pending.Finish(narrow, wide);
        Integrity.Check(balancer);
    }
}
