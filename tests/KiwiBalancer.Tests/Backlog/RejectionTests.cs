using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

public sealed class RejectionTests
{
    [Fact]
    public void AcquireOrReject_QueueFull_CarriesReasonClientAndLengths()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 5 });
        var (mine, others) = (balancer.Register("mine"), balancer.Register("others"));
        var holder = Pending.Of(mine);
        var waiters = Pending.Many(mine, 3).Concat(Pending.Many(others, 2)).ToArray();

        var rejection = Pending.Of(mine).Lease.Rejection!;

        Assert.Equal((RejectionReason.QueueFull, "mine", 5, 3), (rejection.Reason, rejection.Client, rejection.QueueLength, rejection.ClientQueueLength));
        Assert.Contains("'mine'", rejection.ToString(), StringComparison.Ordinal);
        Assert.Contains("5 waiting, 3 of this client", rejection.ToString(), StringComparison.Ordinal);
        Assert.Contains("MaxQueueLength", rejection.ToString(), StringComparison.Ordinal);
        Pending.Finish([holder, .. waiters]);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Acquire_QueueFull_ThrowsWithTheSameContents()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 0 });
        var client = balancer.Register("a");
        var holder = client.Take();

        var exception = await Assert.ThrowsAsync<BalancerRejectedException>(() => client.AcquireAsync().AsTask()).Within();

        Assert.Equal(
            (RejectionReason.QueueFull, "a", 0, 0, null),
            (exception.Reason, exception.Client, exception.QueueLength, exception.ClientQueueLength, exception.RetryAfter));
        Assert.Equal(exception.Rejection.ToString(), exception.Message);
        holder.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Rejection_OfEachReason_SaysWhatHappened()
    {
        var clock = new FakeTimeProvider();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1, QueueTimeout = TimeSpan.FromSeconds(1) }, clock);
        var (staying, leaving) = (balancer.Register("staying"), balancer.Register("leaving"));
        var holder = Pending.Of(staying);

        var late = Pending.Of(leaving);
        clock.Advance(TimeSpan.FromSeconds(1.05));
        Assert.Equal(RejectionReason.QueueTimeout, late.Reason);
        Assert.Contains("QueueTimeout", late.Lease.Rejection!.ToString(), StringComparison.Ordinal);

        var closed = Pending.Of(leaving);
        leaving.Dispose();
        Assert.Equal(RejectionReason.ClientClosed, closed.Reason);
        Assert.Contains("client was disposed", closed.Lease.Rejection!.ToString(), StringComparison.Ordinal);

        var ended = Pending.Of(staying);
        balancer.Dispose();
        Assert.Equal(RejectionReason.BalancerClosed, ended.Reason);
        Assert.Contains("balancer was disposed", ended.Lease.Rejection!.ToString(), StringComparison.Ordinal);
        holder.Release();
        Integrity.Check(balancer);
    }
}
