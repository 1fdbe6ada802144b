using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>
/// Slots given back by a client that had never waited were counted only after the arrivals of the same round had been judged: a request that came after the release was rejected as too many
/// although a slot was free for it.
/// </summary>
public sealed class ReleaseUnreadByTheBoundTests
{
    [Fact]
    public void Acquire_AfterAReleaseTheOwnerHasNotCountedYet_IsGrantedAndNotRejected()
    {
        var policy = new HookedPolicy();
        using var balancer = new HookedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 }, policy);
        var (holding, waiting, late) = (balancer.Register("holding"), balancer.Register("waiting"), balancer.Register("late"));
        var holder = Pending.Of(holding);
        var waiter = Pending.Of(waiting);
        Pending? request = null;
        policy.OnNobodyNext = () =>
        {
            // The owner is between two rounds: first the slot comes free, then the request arrives.
            holder.Release();
            request = Pending.Of(late);
        };

        waiting.Weight = 2;

        Assert.True(waiter.IsHeld);
        Assert.False(request!.IsAnswered);
        Pending.Finish(waiter, request);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_AfterALimitTheOwnerHasNotReadYet_IsGrantedAndNotRejected()
    {
        var policy = new HookedPolicy();
        using var balancer = new HookedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 }, policy);
        var (waiting, late) = (balancer.Register("waiting"), balancer.Register("late"));
        var holder = Pending.Of(waiting);
        var waiter = Pending.Of(waiting);
        Pending? request = null;
        policy.OnNobodyNext = () =>
        {
            balancer.Limit = 2;
            request = Pending.Of(late);
        };

        waiting.Weight = 2;

        Assert.True(waiter.IsHeld);
        Assert.False(request!.IsAnswered);
        Pending.Finish(holder, waiter, request);
        Integrity.Check(balancer);
    }
}
