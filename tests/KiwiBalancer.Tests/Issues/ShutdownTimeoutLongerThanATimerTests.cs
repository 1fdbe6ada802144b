using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A shutdown timeout of more than 49 days is allowed, but the wait for it threw, so that nothing was waited for and nothing forced out.</summary>
public sealed class ShutdownTimeoutLongerThanATimerTests
{
    public static TheoryData<TimeSpan> Timeouts => [TimeSpan.MaxValue, TimeSpan.FromDays(50), Timeout.InfiniteTimeSpan];

    [Theory]
    [MemberData(nameof(Timeouts))]
    public async Task DisposeAsync_VeryLongTimeout_WaitsForWhatRuns(TimeSpan timeout)
    {
        var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, ShutdownTimeout = timeout }, new FakeTimeProvider());
        var lease = balancer.Register("a").Take();

        var disposal = balancer.DisposeAsync().AsTask();

        Assert.False(disposal.IsCompleted);
        lease.Dispose();
        await disposal.Within();
        Integrity.Check(balancer);
    }
}
