using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

public sealed class SlotLeaseTests
{
    [Fact]
    public void Default_HoldsNothingAndCanBeDisposed()
    {
        SlotLease lease = default;

        lease.Dispose();

        Assert.False(lease.IsHeld);
        Assert.Equal(0, lease.Cost);
        Assert.Null(lease.Rejection);
        Assert.Equal("Nothing held", lease.ToString());
    }

    [Fact]
    public void Dispose_Twice_FreesTheSlotsOnce()
    {
        using var balancer = new WeightedBalancer(4);
        var client = balancer.Register("a");
        var (lease, other) = (client.Take(2), client.Take(2));
        Assert.Equal((true, 2, "2 held"), (lease.IsHeld, lease.Cost, lease.ToString()));

        lease.Dispose();
        lease.Dispose();

        Assert.Equal((false, 2), (lease.IsHeld, client.InFlight));
        other.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_ACopy_IsSeenByEveryCopy()
    {
        using var balancer = new WeightedBalancer(1);
        var lease = balancer.Register("a").Take();
        var copy = lease;
        Assert.Equal(lease, copy);

        copy.Dispose();

        Assert.False(lease.IsHeld);
        lease.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_AStaleCopyAfterTheCellWasReused_HarmsNobody()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var stale = client.Take();
        stale.Dispose();
        var fresh = client.Take();

        stale.Dispose();

        Assert.False(stale.IsHeld);
        Assert.True(fresh.IsHeld);
        Assert.Equal(1, client.InFlight);
        fresh.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Equals_LeasesOfOneReusedCell_TellsThemApart()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");
        var first = client.Take();
        var copy = first;
        first.Dispose();
        var second = client.Take();

        Assert.True(first == copy);
        Assert.True(first.Equals((object)copy));
        Assert.Equal(first.GetHashCode(), copy.GetHashCode());
        Assert.True(first != second);
        Assert.False(first.Equals((object)second));
        Assert.False(first.Equals(null));
        Assert.True(default(SlotLease) == default);
        Assert.NotEqual(default, second);
        second.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Rejection_InTheLease_HoldsNothingAndSaysWhy()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 0 });
        var client = balancer.Register("a");
        var holder = client.Take();

        var lease = Pending.Of(client).Lease;
        lease.Dispose();

        Assert.False(lease.IsHeld);
        Assert.Equal(0, lease.Cost);
        Assert.Equal(RejectionReason.QueueFull, lease.Rejection!.Reason);
        Assert.Equal("Rejected: QueueFull", lease.ToString());
        holder.Dispose();
        Integrity.Check(balancer);
    }
}
