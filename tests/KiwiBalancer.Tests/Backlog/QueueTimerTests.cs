using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>Queue timeouts cost one timer a balancer, and none where nothing times out.</summary>
public sealed class QueueTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _fake = new();
    private readonly CountingTimeProvider _clock;

    public QueueTimerTests() => _clock = new CountingTimeProvider(_fake);

    [Fact]
    public void Wait_NoTimeoutSet_MakesNoTimer()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, _clock);
        var client = balancer.Register("a");

        Pending.Finish(Pending.Many(client, 100));

        Assert.Equal(0, _clock.Timers);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_ThousandsWithTimeoutsInManyClients_MakesOneTimer()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = Second }, _clock);
        var clients = Enumerable.Range(1, 40).Select(i => balancer.Register(new BalancerClientOptions { QueueTimeout = i % 2 == 0 ? i * Second : null })).ToArray();
        for (var round = 0; round < 3; round++)
        {
            var requests = clients.SelectMany(client => Pending.Many(client, 30)).ToArray();
            _fake.Advance(1.5 * Second);
            Pending.Finish(requests);
        }

        Assert.Equal(1, _clock.Timers);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_ShorterTimeoutArrivesLater_SetsTheTimerForward()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, _clock);
        var slow = balancer.Register(new BalancerClientOptions { Name = "slow", QueueTimeout = 100 * Second });
        var quick = balancer.Register(new BalancerClientOptions { Name = "quick", QueueTimeout = Second });
        var holder = Pending.Of(slow);
        var (first, second) = (Pending.Of(slow), Pending.Of(quick));

        _fake.Advance(1.05 * Second);
        Assert.Equal((null, RejectionReason.QueueTimeout), (first.Reason, second.Reason));
        _fake.Advance(99 * Second);

        Assert.Equal(RejectionReason.QueueTimeout, first.Reason);
        Assert.Equal(1, _clock.Timers);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_AgainAfterEverybodyHasGone_SetsTheTimerAgain()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = Second }, _clock);
        var client = balancer.Register("a");
        for (var i = 0; i < 5; i++)
        {
            var (holder, waiter) = (Pending.Of(client), Pending.Of(client));
            _fake.Advance(1.05 * Second);
            Assert.Equal(RejectionReason.QueueTimeout, waiter.Reason);
            holder.Release();
            _fake.Advance(10 * Second);
        }

        Assert.Equal(1, _clock.Timers);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_TimeoutOfDays_SetsTheTimerForADayAtMost()
    {
        var log = new TimerLogClock(_fake);
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = TimeSpan.FromDays(2.5) }, log);
        var client = balancer.Register("a");
        var (holder, waiter) = (Pending.Of(client), Pending.Of(client));

        for (var day = 0; day < 2; day++)
        {
            _fake.Advance(TimeSpan.FromDays(1));
            Assert.False(waiter.IsAnswered);
        }

        _fake.Advance(TimeSpan.FromDays(0.5));

        Assert.Equal(RejectionReason.QueueTimeout, waiter.Reason);
        Assert.Equal([TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(0.5)], log.Delays);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Wait_ManyWithOneTimeout_SetsTheTimerOnceForTheFirst()
    {
        var log = new TimerLogClock(_fake);
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = 1.0001 * Second }, log);
        var client = balancer.Register("a");

        var requests = Pending.Many(client, 20);

        // In whole milliseconds, and rather too late than too early.
        Assert.Equal([TimeSpan.FromMilliseconds(1001)], log.Delays);
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_TimerWasMade_DisposesIt()
    {
        var log = new TimerLogClock(_fake);
        var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = Second }, log);
        Pending.Finish(Pending.Many(balancer.Register("a"), 2));
        Assert.Equal(1, log.Alive);

        balancer.Dispose();

        Assert.Equal(0, log.Alive);
        Integrity.Check(balancer);
    }
}
