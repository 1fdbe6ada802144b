using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

public sealed class QueueBoundTests
{
    [Fact]
    public void Acquire_TotalBoundReachedByOneClient_RejectsTheNewest()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 3 });
        var client = balancer.Register("a");
        var requests = Pending.Many(client, 5);

        Assert.Equal([null, null, null, null, RejectionReason.QueueFull], requests.Select(request => request.Reason));
        Assert.Equal(3, client.Waiting);
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_RejectOldest_RejectsTheOneThatWaitsLongest()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 2, OverflowPolicy = OverflowPolicy.RejectOldest });
        var client = balancer.Register("a");
        var requests = Pending.Many(client, 5);

        Assert.Equal([null, RejectionReason.QueueFull, RejectionReason.QueueFull, null, null], requests.Select(request => request.Reason));
        requests[0].Release();
        Assert.True(requests[3].IsHeld);
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(OverflowPolicy.RejectNewest)]
    [InlineData(OverflowPolicy.RejectOldest)]
    public void Acquire_BoundOfZero_GrantsWhatIsFreeAndRejectsTheRest(OverflowPolicy policy)
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, MaxQueueLength = 0, OverflowPolicy = policy });
        var client = balancer.Register("a");

        for (var round = 0; round < 3; round++)
        {
            var requests = Pending.Many(client, 3);
            Assert.Equal([true, true, false], requests.Select(request => request.IsHeld));
            Assert.Equal(RejectionReason.QueueFull, requests[2].Reason);
            Pending.Finish(requests);
        }

        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_OwnBoundReached_RejectsTheClientsOwnAndNobodyElses()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLengthPerClient = 4 });
        var (own, common) = (balancer.Register(new BalancerClientOptions { Name = "own", MaxQueueLength = 2 }), balancer.Register("common"));
        var holder = Pending.Of(common);
        var ofOwn = Pending.Many(own, 3);
        var ofCommon = Pending.Many(common, 5);

        Assert.Equal([null, null, RejectionReason.QueueFull], ofOwn.Select(request => request.Reason));
        Assert.Equal([null, null, null, null, RejectionReason.QueueFull], ofCommon.Select(request => request.Reason));
        Pending.Finish([holder, .. ofOwn, .. ofCommon]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_SlotFreeThoughTheBacklogIsFull_IsGrantedNotRejected()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 10, MaxQueueLength = 1 });
        var (wide, narrow) = (balancer.Register("wide"), balancer.Register("narrow"));
        balancer.Limit = 3;
        var waiter = Pending.Of(wide, 8);

        // One waits already, too wide for the limit. A bound is for those that wait, and these need not.
        var granted = Pending.Many(narrow, 3);
        var late = Pending.Of(narrow);

        Assert.All(granted, request => Assert.True(request.IsHeld));
        Assert.Equal(RejectionReason.QueueFull, late.Reason);
        balancer.Limit = 10;
        Pending.Finish([waiter, .. granted]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Reconfigure_Bounds_TakeEffectAtTheNextArrival()
    {
        var options = new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 };
        using var balancer = new WeightedBalancer(options);
        var client = balancer.Register("a");
        var (holder, waiter, rejected) = (Pending.Of(client), Pending.Of(client), Pending.Of(client));
        Assert.Equal(RejectionReason.QueueFull, rejected.Reason);

        options.MaxQueueLength = 2;
        balancer.Reconfigure(options);
        var second = Pending.Of(client);
        Assert.False(second.IsAnswered);

        client.Reconfigure(new BalancerClientOptions { MaxQueueLength = 1 });
        Assert.False(second.IsAnswered, "Those who wait already stay.");
        Assert.Equal(RejectionReason.QueueFull, Pending.Of(client).Reason);

        Pending.Finish(holder, waiter, second);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_AtTheBound_MakesRoomAtOnce()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 });
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var cancelled = Pending.Of(client, token: source.Token);

        source.Cancel();
        var next = Pending.Of(client);

        Assert.True(cancelled.IsCancelled);
        Assert.False(next.IsAnswered);
        Pending.Finish(holder, next);
        Integrity.Check(balancer);
    }
}
