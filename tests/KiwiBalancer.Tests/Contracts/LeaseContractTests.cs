using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Contracts;

/// <summary>A lease gives back once, whoever disposes it how often; a rejected one holds nothing and says why.</summary>
public sealed class LeaseContractTests
{
    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Dispose_AgainAfterTheSlotHasGoneToAnother_TakesNothingFromHim(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var lease = client.Take();
        var copy = lease;
        lease.Dispose();
        var next = client.Take();

        lease.Dispose();
        copy.Dispose();

        Assert.Equal((false, false, true), (lease.IsHeld, copy.IsHeld, next.IsHeld));
        Assert.False(client.TryAcquire(out _));
        next.Dispose();
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Rejection_OfAGrantedLease_IsNull(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });

        using (var lease = balancer.Register("a").Take())
        {
            Assert.Null(lease.Rejection);
        }

        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_OfNoLease_DoesNothing()
    {
        var none = default(SlotLease);

        none.Dispose();

        Assert.Equal((false, 0, null), (none.IsHeld, none.Cost, none.Rejection));
    }
}
