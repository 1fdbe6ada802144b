using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Contracts;

/// <summary>Cancellation before, while and after a request waits, as users of .NET's ConcurrencyLimiter know it.</summary>
public sealed class CancellationContractTests
{
    [Theory]
    [ClassData(typeof(EachStrategy))]
    public async Task Acquire_TokenHasFiredAlready_IsCancelledAlthoughASlotIsFree(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var token = new CancellationToken(canceled: true);

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AcquireAsync(token).AsTask());

        Assert.Equal(token, thrown.CancellationToken);
        client.Take().Dispose();
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public async Task Acquire_CancelledWhileItWaits_EndsAtOnceAndTakesNoSlot(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        using var source = new CancellationTokenSource();
        var waiting = client.AcquireAsync(source.Token).AsTask();

        await source.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.Equal(0, client.Waiting);
        held.Dispose();
        client.Take().Dispose();
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Acquire_TokenFiresAfterTheGrant_TheLeaseStaysHeld(BalancerStrategy strategy)
    {
        using var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        using var source = new CancellationTokenSource();
        var held = client.AcquireAsync(source.Token).Granted();
        var waiting = Pending.Of(client, token: source.Token);
        held.Dispose();
        Assert.True(waiting.IsHeld);

        source.Cancel();

        Assert.True(waiting.IsHeld);
        Assert.False(client.TryAcquire(out _));
        waiting.Release();
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Dispose_AfterAWaiterHasCancelled_FindsNothingOfIt(BalancerStrategy strategy)
    {
        var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        using var source = new CancellationTokenSource();
        var cancelled = Pending.Of(client, token: source.Token);
        source.Cancel();

        balancer.Dispose();

        Assert.True(cancelled.IsCancelled);
        held.Dispose();
        Integrity.Check(balancer);
    }
}
