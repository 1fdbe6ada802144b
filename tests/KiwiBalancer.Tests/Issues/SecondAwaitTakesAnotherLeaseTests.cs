using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>
/// A result taken twice while the granter, or the cancellation callback, still held the waiter gave two leases for one grant, and put the waiter into the pool while it was still in use:
/// the next request to get it was never answered.
/// </summary>
public sealed class SecondAwaitTakesAnotherLeaseTests
{
    [Fact]
    public void GetResult_TwiceWhileTheGranterTellsTheCaller_ThrowsAndHarmsNobody()
    {
        using var balancer = new WeightedBalancer(1);
        var (careless, innocent) = (balancer.Register("careless"), balancer.Register("innocent"));
        var holder = Pending.Of(careless);
        var awaited = careless.AcquireAsync();
        SlotLease lease = default;
        Exception? second = null;
        Pending? next = null;
        InlineContext.OnCompletion(awaited, () =>
        {
            lease = awaited.Result;
            second = Record.Exception(() => awaited.Result);
            next = Pending.Of(innocent);
        });

        holder.Release();

        Assert.True(lease.IsHeld);
        Assert.Equal("The result has been taken already. Await the ValueTask, once.", Assert.IsType<InvalidOperationException>(second).Message);
        lease.Dispose();
        Assert.True(next!.IsHeld);
        next.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void GetResult_TwiceWhileTheCancellationTellsTheCaller_ThrowsAndHarmsNobody()
    {
        using var balancer = new WeightedBalancer(1);
        var (careless, innocent) = (balancer.Register("careless"), balancer.Register("innocent"));
        var holder = Pending.Of(careless);
        using var source = new CancellationTokenSource();
        var awaited = careless.AcquireAsync(source.Token);
        Exception? first = null, second = null;
        Pending? next = null;
        InlineContext.OnCompletion(awaited, () =>
        {
            first = Record.Exception(() => awaited.Result);
            second = Record.Exception(() => awaited.Result);
            next = Pending.Of(innocent);
        });

        source.Cancel();

        Assert.Equal(source.Token, Assert.IsType<OperationCanceledException>(first).CancellationToken);
        Assert.IsType<InvalidOperationException>(second);
        holder.Release();
        Assert.True(next!.IsHeld);
        next.Release();
        Integrity.Check(balancer);
    }
}
