using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>TryAcquire said no while slots were free and the only waiter was its own client's, too wide for the limit or the cap: AcquireAsync was granted at once.</summary>
public sealed class TryAcquireBesideItsOwnTooWideWaiterTests
{
    [Fact]
    public void TryAcquire_OwnWaiterIsTooWideForTheLimit_TakesWhatIsFree()
    {
        using var balancer = new WeightedBalancer(10);
        var client = balancer.Register("a");
        balancer.Limit = 2;
        var wide = Pending.Of(client, 8);

        var (first, second) = (client.Take(), client.Take());
        Assert.False(client.TryAcquire(out _));
        Assert.Equal((2, 1), (client.InFlight, client.Waiting));

        first.Dispose();
        second.Dispose();
        balancer.Limit = 10;
        wide.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_OwnWaiterIsTooWideForTheCap_TakesWhatTheCapAllows()
    {
        using var balancer = new WeightedBalancer(10);
        var client = balancer.Register(new BalancerClientOptions { Name = "a", MaxInFlight = 1 });
        using var source = new CancellationTokenSource();
        var wide = Pending.Of(client, 2, source.Token);

        var lease = client.Take();
        Assert.False(client.TryAcquire(out _));

        lease.Dispose();
        source.Cancel();
        Assert.True(wide.IsCancelled);
        Integrity.Check(balancer);
    }
}
