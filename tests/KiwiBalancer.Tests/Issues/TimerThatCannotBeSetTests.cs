using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A clock of the host's that threw when the queue timer was made or set left the timer marked as being set: none was ever set again, no queue timeout came, and the error surfaced in whoever rang.</summary>
public sealed class TimerThatCannotBeSetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Acquire_TheTimerCouldNotBeSetOnce_IsSetByTheNextRing(bool isMaking)
    {
        var clock = new BrokenTimerClock();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = TimeSpan.FromSeconds(1) }, clock);
        var client = balancer.Register("waits");
        var held = Pending.Of(client);
        clock.IsMakingBroken = isMaking;
        clock.IsSettingBroken = !isMaking;
        var first = Pending.Of(client);
        clock.IsMakingBroken = false;
        clock.IsSettingBroken = false;

        var second = Pending.Of(client);
        clock.Advance(TimeSpan.FromSeconds(1.05));

        Assert.Equal(RejectionReason.QueueTimeout, first.Reason);
        Assert.Equal(RejectionReason.QueueTimeout, second.Reason);
        held.Release();
        Integrity.Check(balancer);
    }
}
