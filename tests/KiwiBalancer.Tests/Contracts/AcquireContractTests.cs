using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Contracts;

/// <summary>
/// What users of .NET's ConcurrencyLimiter rely on when they acquire, for every strategy of ours and one client. Not taken over: leases of cost 0 (a request takes a slot), newest first (a client's requests are granted in order).
/// </summary>
public sealed class AcquireContractTests
{
    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void TryAcquire_LastSlotHeld_IsRefusedUntilItIsGivenBack(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");

        var lease = client.Take();
        Assert.False(client.TryAcquire(out var refused));
        lease.Dispose();

        Assert.Equal((false, 0), (refused.IsHeld, refused.Cost));
        client.Take().Dispose();
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Acquire_SlotFree_IsGrantedBeforeTheCallReturns(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });

        using (var lease = balancer.Register("a").AcquireAsync().Granted())
        {
            Assert.Equal((true, 1), (lease.IsHeld, lease.Cost));
        }

        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Acquire_SeveralWait_TheOldestIsGrantedFirst(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        var waiting = Pending.Many(client, 3);

        held.Dispose();

        for (var i = 0; i < waiting.Length; i++)
        {
            Assert.All(waiting[(i + 1)..], later => Assert.False(later.IsAnswered));
            waiting[i].Release();
        }

        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Release_OfAWideLease_LetsSeveralInAtOnce(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 2 });
        var client = balancer.Register("a");
        var wide = client.Take(2);
        var waiting = Pending.Many(client, 2);

        wide.Dispose();

        Assert.All(waiting, request => Assert.True(request.IsHeld));
        Pending.Finish(waiting);
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void TryAcquire_AWiderOneWaits_DoesNotOvertakeIt(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 2 });
        var client = balancer.Register("a");
        var held = client.Take();
        var wide = Pending.Of(client, 2);

        Assert.False(client.TryAcquire(out _));
        var narrow = Pending.Of(client);
        Assert.False(narrow.IsAnswered);

        held.Dispose();
        Assert.True(wide.IsHeld);
        Assert.False(narrow.IsAnswered);
        Pending.Finish(wide, narrow);
        Integrity.Check(balancer);
    }
}
