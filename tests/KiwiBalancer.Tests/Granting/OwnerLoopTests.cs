using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Who acts on what, and when: one owner at a time, and nothing that is left for it is overlooked.</summary>
public sealed class OwnerLoopTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Acquire_CanOnlyWait_IsLeftUnread()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var requests = Pending.Many(client, 3);

        // The first holds, the second rings, the third does not.
        Assert.Equal((2, 1), (client.Waiting, ((ClientHandle)client).Backlog!.Count));
        Assert.False(balancer.Engine.Loop.IsAtRest);

        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_WhileAnOwnerIsAtWorkAndASlotIsFree_IsGrantedByThatOwner()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");

        Pending request;
        using (new OwnerHold(balancer))
        {
            request = Pending.Of(client);
            Assert.False(request.IsAnswered);
        }

        request.Release();
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Release_WhileAnOwnerIsAtWork_GoesToWhoWaits(bool hasWaitedBefore)
    {
        using var balancer = new WeightedBalancer(2);
        var (holding, waiting) = (balancer.Register("holding"), balancer.Register("waiting"));
        if (hasWaitedBefore)
        {
            Pending.Finish(Pending.Many(holding, 3));
        }

        var holders = Pending.Many(holding, 2);
        var waiters = Pending.Many(waiting, 2);

        using (new OwnerHold(balancer))
        {
            Array.ForEach(holders, holder => holder.Release());
            Assert.All(waiters, waiter => Assert.False(waiter.IsAnswered));
        }

        Assert.All(waiters, waiter => Assert.True(waiter.IsHeld));
        Pending.Finish(waiters);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Release_SomebodyWaits_IsJudgedAtTheTimeOfTheRelease()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, _clock);
        var client = balancer.Register("a");
        var requests = Pending.Many(client, 2);
        _clock.Advance(TimeSpan.FromSeconds(7));

        requests[0].Release();

        Assert.Equal(balancer.Engine.Now(), balancer.Engine.Loop.Now);
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Limit_RaisedForMoreThanOneThreadGrantsInARow_IsUsedUp()
    {
        // A round grants 256, and after four turns the pool goes on.
        const int Waiters = 3_000;
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = Waiters });
        var client = balancer.Register("a");
        balancer.Limit = 0;
        var requests = Pending.Many(client, Waiters);

        balancer.Limit = Waiters;

        Eventually.True(() => requests.All(request => request.IsAnswered), "all are granted");
        Assert.Equal((Waiters, 0), (client.InFlight, client.Waiting));
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void IsAtRest_NoteLeftOrSomebodyWaits_IsFalse()
    {
        using var balancer = new WeightedBalancer(2);
        var loop = balancer.Engine.Loop;
        Assert.True(loop.IsAtRest);

        loop.Leave(new NoNote());
        Assert.False(loop.IsAtRest);
        loop.Run(loop.Now);
        Assert.True(loop.IsAtRest);

        // One that waits for its own client's cap leaves the gate open.
        var requests = Pending.Many(balancer.Register(new BalancerClientOptions { MaxInFlight = 1 }), 2);
        Assert.False(balancer.Engine.Ledger.Read().IsGated);
        Assert.False(loop.IsAtRest);
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_WhileItsClientWaits_NamesNoTimeToTryAgain()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, _clock);
        var (holding, waiting) = (balancer.Register("holding"), balancer.Register("waiting"));
        for (var i = 0; i < 20; i++)
        {
            var (holder, next) = (Pending.Of(holding), Pending.Of(holding));
            _clock.Advance(TimeSpan.FromSeconds(1));
            holder.Release();
            next.Release();
        }

        var last = Pending.Of(holding);
        var request = Pending.Of(waiting);
        waiting.Dispose();

        Assert.Equal(RejectionReason.ClientClosed, request.Reason);
        Assert.Null(request.Lease.Rejection!.RetryAfter);
        last.Release();
        Integrity.Check(balancer);
    }

    private sealed class NoNote : Note
    {
        public override void Apply(GrantRound round)
        {
            // It only lies there.
        }
    }
}
