using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Contracts;

/// <summary>Disposal with requests in the queue, as users of .NET's ConcurrencyLimiter know it: each is told, nothing throws late, and what is held can still be given back.</summary>
public sealed class DisposalContractTests
{
    [Theory]
    [ClassData(typeof(EachStrategy))]
    public void Dispose_RequestsWait_EachIsRejectedAndWhatIsHeldComesBack(BalancerStrategy strategy)
    {
        var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        var waiting = Pending.Many(client, 3);

        balancer.Dispose();

        Assert.All(waiting, request => Assert.Equal(RejectionReason.BalancerClosed, request.Reason));
        Assert.Throws<ObjectDisposedException>(() => client.TryAcquire(out _));
        Assert.Throws<ObjectDisposedException>(() => { _ = client.AcquireAsync(); });
        held.Dispose();
        Integrity.Check(balancer);
        balancer.Dispose();
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public async Task DisposeAsync_NoTimeIsGiven_RejectsWhatWaitsAndEndsWhenTheLastSlotIsBack(BalancerStrategy strategy)
    {
        var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1, ShutdownTimeout = TimeSpan.Zero });
        var client = balancer.Register("a");
        var held = client.Take();
        var waiting = Enumerable.Range(0, 3).Select(_ => client.AcquireOrRejectAsync().AsTask()).ToArray();

        var ending = balancer.DisposeAsync();

        foreach (var lease in await Task.WhenAll(waiting).Within())
        {
            Assert.Equal(RejectionReason.BalancerClosed, lease.Rejection?.Reason);
        }

        Assert.Throws<ObjectDisposedException>(() => { _ = client.AcquireAsync(); });
        held.Dispose();
        await ending.Within();
        Integrity.Check(balancer);
    }

    [Theory]
    [ClassData(typeof(EachStrategy))]
    public async Task DisposeAsync_RequestsWaitAndSlotsComeBack_EachIsStillGranted(BalancerStrategy strategy)
    {
        var balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var held = client.Take();
        var waiting = Pending.Many(client, 3);

        var ending = balancer.DisposeAsync();

        Assert.False(ending.IsCompleted);
        held.Dispose();
        Pending.Finish(waiting);
        await ending.Within();
        Integrity.Check(balancer);
    }
}
