using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.RateLimiting.Tests.Issues;

/// <summary>Statistics count permits, as those of .NET's own limiters do; a request for three permits that waited was counted as one.</summary>
public sealed class WideRequestQueuesAsOnePermitTests
{
    [Fact]
    public async Task Statistics_WideRequestsWait_CountTheirPermits()
    {
        await using var balancer = new WeightedBalancer(limit: 4);
        var client = balancer.Register("a");
        var limiter = client.AsRateLimiter();
        using var leave = new CancellationTokenSource();
        var held = limiter.AttemptAcquire(4);
        var wide = limiter.AcquireAsync(3).AsTask();
        var wider = limiter.AcquireAsync(4, leave.Token).AsTask();
        var single = limiter.AcquireAsync().AsTask();
        var none = limiter.AcquireAsync(0).AsTask();
        var direct = client.AcquireAsync().AsTask();

        Assert.Equal(3 + 4 + 1 + 0 + 1, limiter.GetStatistics()!.CurrentQueuedCount);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wider.Within());
        Assert.Equal(3 + 1 + 0 + 1, limiter.GetStatistics()!.CurrentQueuedCount);

        held.Dispose();
        foreach (var waiting in new[] { wide, single, none })
        {
            (await waiting.Within()).Dispose();
        }

        (await direct.Within()).Dispose();
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
        Assert.Equal(0, client.InFlight);
    }
}
