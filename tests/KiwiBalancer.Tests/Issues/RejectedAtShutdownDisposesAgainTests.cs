using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>With a shutdown timeout of zero, waiters were told of their rejection under the lock of the disposal: a continuation run in place that had another thread dispose deadlocked.</summary>
public sealed class RejectedAtShutdownDisposesAgainTests
{
    [Fact]
    public async Task DisposeAsync_NoTimeoutAndAContinuationInPlace_DoesNotHoldALock()
    {
        var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, ShutdownTimeout = TimeSpan.Zero }) { Limit = 0 };
        var waiting = balancer.Register("a").AcquireOrRejectAsync();
        var hasEnded = false;
        InlineContext.OnCompletion(waiting, () =>
        {
            var other = new Thread(balancer.Dispose) { IsBackground = true };
            other.Start();
            hasEnded = other.Join(Eventually.Watchdog / 3);
        });

        await balancer.DisposeAsync().Within();

        Assert.True(hasEnded);
        Assert.Equal(RejectionReason.BalancerClosed, waiting.Granted().Rejection?.Reason);
        Integrity.Check(balancer);
    }
}
