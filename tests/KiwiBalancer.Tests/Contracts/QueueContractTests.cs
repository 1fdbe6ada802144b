using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Contracts;

/// <summary>What users of .NET's ConcurrencyLimiter rely on of its queue.</summary>
public sealed class QueueContractTests
{
    [Theory]
    [ClassData(typeof(EachStrategy))]
    public async Task Acquire_QueueFull_IsRejectedAtOnceWithTheReason(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        var waiting = Pending.Of(client);

        var rejected = Pending.Of(client);
        var thrown = await Assert.ThrowsAsync<BalancerRejectedException>(() => client.AcquireAsync().AsTask());

        Assert.Equal((RejectionReason.QueueFull, "a", 1, 1), (thrown.Reason, thrown.Client, thrown.QueueLength, thrown.ClientQueueLength));
        Assert.Equal((RejectionReason.QueueFull, false, 0), (rejected.Reason, rejected.Lease.IsHeld, rejected.Lease.Cost));
        rejected.Lease.Dispose();
        Assert.False(waiting.IsAnswered);
        held.Dispose();
        Pending.Finish(waiting);
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Acquire_QueueWasFullAndHasRoomAgain_Waits(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        var first = Pending.Of(client);
        Assert.Equal(RejectionReason.QueueFull, Pending.Of(client).Reason);

        held.Dispose();
        var second = Pending.Of(client);

        Assert.True(first.IsHeld);
        Assert.False(second.IsAnswered);
        Pending.Finish(first, second);
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Acquire_QueueFullAndTheOldestIsToGo_TakesItsPlace(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 2, OverflowPolicy = OverflowPolicy.RejectOldest });
        var client = balancer.Register("a");
        var held = client.Take();
        var waiting = Pending.Many(client, 2);

        var newest = Pending.Of(client);

        Assert.Equal((RejectionReason.QueueFull, false, false), (waiting[0].Reason, waiting[1].IsAnswered, newest.IsAnswered));
        held.Dispose();
        Pending.Finish(waiting[1], newest);
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Acquire_AWaiterHasCancelled_ItsPlaceInTheQueueIsFree(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 2 });
        var client = balancer.Register("a");
        var held = client.Take();
        using var source = new CancellationTokenSource();
        var (cancelled, stays) = (Pending.Of(client, token: source.Token), Pending.Of(client));

        source.Cancel();
        var next = Pending.Of(client);

        Assert.True(cancelled.IsCancelled);
        Assert.Equal((false, false), (stays.IsAnswered, next.IsAnswered));
        held.Dispose();
        Assert.True(stays.IsHeld);
        Pending.Finish(stays, next);
        Integrity.Check(balancer);
    }
}
