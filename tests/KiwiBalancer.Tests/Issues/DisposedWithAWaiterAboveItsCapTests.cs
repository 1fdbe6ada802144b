using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A waiter wider than its own client's cap waits for the cap to rise. A closed client's cap never does, and its disposal waited for ever.</summary>
public sealed class DisposedWithAWaiterAboveItsCapTests
{
    [Fact]
    public async Task DisposeAsync_AWaiterWiderThanTheCap_RejectsItAndLetsTheOthersFinish()
    {
        using var balancer = new WeightedBalancer(10);
        var client = balancer.Register(new BalancerClientOptions { Name = "capped", MaxInFlight = 2 });
        var held = Pending.Of(client, cost: 2);
        var wide = Pending.Of(client, cost: 3);
        var behind = Pending.Of(client);

        var end = client.DisposeAsync();

        Assert.Equal(RejectionReason.ClientClosed, wide.Reason);
        Assert.False(end.IsCompleted);
        Pending.Finish(held, behind);
        await end.Within();
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task DisposeAsync_AWaiterWiderThanTheLimit_WaitsForTheLimitToRise(int? cap)
    {
        using var balancer = new WeightedBalancer(10);
        var client = balancer.Register(new BalancerClientOptions { Name = "wide", MaxInFlight = cap });
        balancer.Limit = 2;
        var wide = Pending.Of(client, cost: 3);

        var end = client.DisposeAsync();
        Assert.False(wide.IsAnswered);
        balancer.Limit = 3;

        Assert.True(wide.IsHeld);
        wide.Release();
        await end.Within();
        Integrity.Check(balancer);
    }
}
