using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

public sealed class QueueTimeoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _clock = new();

    private WeightedBalancer Balancer(TimeSpan timeout, int maxQueueLength = 10_000) =>
        new(new KiwiBalancerOptions { Limit = 1, QueueTimeout = timeout, MaxQueueLength = maxQueueLength }, _clock);

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1000.5)]
    [InlineData(60_000)]
    [InlineData(3 * 24 * 3_600_000.0)]
    public void Wait_LongerThanTheTimeout_IsRejectedNeverEarlyAndAtMostFiftyMillisecondsLate(double milliseconds)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        using var balancer = Balancer(timeout);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        _clock.Advance(TimeSpan.FromTicks(12_345));
        var waiter = Pending.Of(client);

        _clock.Advance(timeout - TimeSpan.FromTicks(1));
        Assert.False(waiter.IsAnswered, "Early.");
        _clock.Advance(Late);

        Assert.Equal(RejectionReason.QueueTimeout, waiter.Reason);
        Assert.Equal(0, client.Waiting);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_NeighboursHalfAMillisecondApart_NoneGoesEarlyWithTheOther()
    {
        using var balancer = Balancer(Second);
        var client = balancer.Register("a");
        var (holder, first) = (Pending.Of(client), Pending.Of(client));
        _clock.Advance(TimeSpan.FromMicroseconds(500));
        var second = Pending.Of(client);

        _clock.Advance(Second - TimeSpan.FromMicroseconds(500));
        Assert.Equal((RejectionReason.QueueTimeout, null), (first.Reason, second.Reason));
        _clock.Advance(Late);

        Assert.Equal(RejectionReason.QueueTimeout, second.Reason);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_ManyAtDifferentTimes_EachTimesOutByItself()
    {
        using var balancer = Balancer(Second);
        var clients = new[] { balancer.Register("a"), balancer.Register("b"), balancer.Register("c") };
        var holder = Pending.Of(clients[0]);
        var waiters = new List<Pending>();
        for (var i = 0; i < 30; i++)
        {
            waiters.Add(Pending.Of(clients[i % 3]));
            _clock.Advance(TimeSpan.FromMilliseconds(100));

            // Sent at 100 ms each: the one sent a second ago may be gone, and the one before it must be.
            Assert.Equal(Math.Max(0, i - 9), waiters.Count(waiter => waiter.IsAnswered), 1.0);
        }

        _clock.Advance(Second + Late);
        Assert.All(waiters, waiter => Assert.Equal(RejectionReason.QueueTimeout, waiter.Reason));
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_ClientsOwnTimeout_CountsForItAlone()
    {
        using var balancer = Balancer(10 * Second);
        var (patient, impatient, endless) = (
            balancer.Register("patient"),
            balancer.Register(new BalancerClientOptions { Name = "impatient", QueueTimeout = Second }),
            balancer.Register(new BalancerClientOptions { Name = "endless", QueueTimeout = Timeout.InfiniteTimeSpan }));
        var holder = Pending.Of(patient);
        var (slow, quick, never) = (Pending.Of(patient), Pending.Of(impatient), Pending.Of(endless));

        _clock.Advance(Second + Late);
        Assert.Equal((null, RejectionReason.QueueTimeout, null), (slow.Reason, quick.Reason, never.Reason));
        _clock.Advance(9 * Second);
        Assert.Equal((RejectionReason.QueueTimeout, null), (slow.Reason, never.Reason));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.False(never.IsAnswered);

        Pending.Finish(holder, never);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Reconfigure_TimeoutShortened_CountsForThoseWhoWaitAlready()
    {
        var options = new KiwiBalancerOptions { Limit = 1, QueueTimeout = 100 * Second };
        using var balancer = new WeightedBalancer(options, _clock);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var holder = Pending.Of(first);
        var (one, two) = (Pending.Of(first), Pending.Of(second));
        _clock.Advance(Second);

        first.Reconfigure(new BalancerClientOptions { QueueTimeout = 2 * Second });
        _clock.Advance(Second + Late);
        Assert.Equal((RejectionReason.QueueTimeout, null), (one.Reason, two.Reason));

        // Waited 2.05 s by now: due at once.
        options.QueueTimeout = Second;
        balancer.Reconfigure(options);
        _clock.Advance(Late);
        Assert.Equal(RejectionReason.QueueTimeout, two.Reason);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Reconfigure_TimeoutLengthenedOrRemoved_SparesThoseWhoWaitAlready()
    {
        using var balancer = Balancer(Second);
        var client = balancer.Register("a");
        var (holder, waiter) = (Pending.Of(client), Pending.Of(client));

        client.Reconfigure(new BalancerClientOptions { QueueTimeout = 3 * Second });
        _clock.Advance(2 * Second);
        Assert.False(waiter.IsAnswered);
        client.Reconfigure(new BalancerClientOptions { QueueTimeout = Timeout.InfiniteTimeSpan });
        _clock.Advance(10 * Second);
        Assert.False(waiter.IsAnswered);
        client.Reconfigure(new BalancerClientOptions());
        _clock.Advance(Late);

        Assert.Equal(RejectionReason.QueueTimeout, waiter.Reason);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_GrantedOrCancelledInTime_DoesNotTimeOut()
    {
        using var balancer = Balancer(Second);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var (granted, cancelled) = (Pending.Of(client), Pending.Of(client, token: source.Token));
        _clock.Advance(TimeSpan.FromMilliseconds(999));

        source.Cancel();
        holder.Release();
        _clock.Advance(10 * Second);

        Assert.True(granted.IsHeld);
        Assert.True(cancelled.IsCancelled);
        granted.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_TooWideForTheLimit_TimesOutAllTheSame()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 8, QueueTimeout = Second }, _clock);
        var client = balancer.Register("a");
        balancer.Limit = 2;
        var wide = Pending.Of(client, 8);

        _clock.Advance(Second + Late);

        Assert.Equal(RejectionReason.QueueTimeout, wide.Reason);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_WideHeadTimesOut_LetsTheNarrowOneBehindItInAtOnce()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 3 }, _clock);
        var impatient = balancer.Register(new BalancerClientOptions { Name = "impatient", QueueTimeout = Second });
        var holder = Pending.Of(impatient, 2);
        var wide = Pending.Of(impatient, 3);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        var narrow = Pending.Of(impatient);
        Assert.False(narrow.IsAnswered);

        _clock.Advance(TimeSpan.FromMilliseconds(550));

        Assert.Equal(RejectionReason.QueueTimeout, wide.Reason);
        Assert.True(narrow.IsHeld);
        Pending.Finish(holder, narrow);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_TenThousandAtOnce_AllTimeOutTogether()
    {
        using var balancer = Balancer(Second, maxQueueLength: 20_000);
        var clients = Enumerable.Range(0, 100).Select(_ => balancer.Register(name: null)).ToArray();
        var holder = Pending.Of(clients[0]);
        var waiters = clients.SelectMany(client => Pending.Many(client, 100)).ToArray();

        _clock.Advance(Second + Late);

        // Told in portions, the last of them perhaps by a thread of the pool.
        Eventually.True(() => waiters.All(waiter => waiter.IsAnswered), "all have timed out");
        Assert.All(waiters, waiter => Assert.Equal(RejectionReason.QueueTimeout, waiter.Reason));
        holder.Release();
        Integrity.Check(balancer);
    }
}
