using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Strategies;

/// <summary>"The requests waiting when a batch starts form it; their clients share the limit by weight until all of them are done; later requests wait for the next batch."</summary>
public sealed class BatchBalancerTests
{
    [Fact]
    public void Starting_ABatch_SharesTheLimitByWeightAmongThoseInIt()
    {
        using var balancer = new BatchBalancer(8) { Limit = 0 };
        var (a, b) = (balancer.Register("a", weight: 1), balancer.Register("b", weight: 3));
        var order = new GrantOrder();
        order.Send(a, 20);
        order.Send(b, 20);

        balancer.Limit = 8;

        Assert.Equal((2, 6), (a.InFlight, b.InFlight));
        order.ReleaseAll();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Arriving_AfterTheStart_WaitsUntilAllOfTheBatchAreDone()
    {
        using var balancer = new BatchBalancer(2) { Limit = 0 };
        var (a, b) = (balancer.Register("a"), balancer.Register("b", weight: 1000));
        var order = new GrantOrder();
        order.Send(a, 3);
        balancer.Limit = 2;
        order.Send(b, 2);
        order.Send(a, 1);
        order.Look();

        order.ReleaseAllWatching();

        Assert.Equal("aaa", order.Seen[..3]);
        Assert.Equal("abb", string.Concat(order.Seen[3..].Order()));
        Integrity.Check(balancer);
    }

    [Fact]
    public void Ending_TheLastButOneRequest_LeavesSlotsIdleUntilTheLastIsDone()
    {
        using var balancer = new BatchBalancer(2) { Limit = 0 };
        var a = balancer.Register("a");
        var first = a.AcquireAsync();
        var second = a.AcquireAsync();
        balancer.Limit = 2;
        var next = balancer.Register("b").AcquireAsync();

        first.Granted().Dispose();
        Assert.False(next.IsCompleted);
        second.Granted().Dispose();

        next.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancelling_TheRestOfABatch_StartsTheNext()
    {
        using var balancer = new BatchBalancer(1) { Limit = 0 };
        var (a, b) = (balancer.Register("a"), balancer.Register("b"));
        using var cancel = new CancellationTokenSource();
        var running = a.AcquireAsync();
        var cancelled = a.AcquireAsync(cancel.Token);
        balancer.Limit = 1;
        var next = b.AcquireAsync();

        cancel.Cancel();
        Assert.False(next.IsCompleted);
        running.Granted().Dispose();

        Assert.True(cancelled.IsCanceled);
        next.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Lowering_TheLimitBelowACost_LetsTheBatchEndWithoutIt()
    {
        using var balancer = new BatchBalancer(4) { Limit = 0 };
        var (a, b) = (balancer.Register("a"), balancer.Register("b"));
        var wide = a.AcquireAsync(4);
        var narrow = b.AcquireAsync();
        balancer.Limit = 2;

        narrow.Granted().Dispose();
        Assert.False(wide.IsCompleted);
        balancer.Limit = 4;

        wide.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_OnAnIdleBalancer_TakesASlot()
    {
        using var balancer = new BatchBalancer(1);
        var client = balancer.Register("a");

        Assert.True(client.TryAcquire(out var lease));
        Assert.False(client.TryAcquire(out _));

        lease.Dispose();
        Integrity.Check(balancer);
    }
}
