using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

public sealed class TryAcquireTests
{
    [Fact]
    public void TryAcquire_Full_IsFalseUntilASlotIsReleased()
    {
        using var balancer = new WeightedBalancer(1);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        Assert.True(first.TryAcquire(out var lease));

        Assert.False(second.TryAcquire(out var none));
        Assert.Equal(default, none);
        lease.Dispose();

        Assert.True(second.TryAcquire(out lease));
        lease.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_SomebodyWaitsForThatSlot_NeverPasses()
    {
        using var balancer = new WeightedBalancer(1);
        var (waiting, trying) = (balancer.Register("waiting"), balancer.Register("trying", 1_000_000));
        var holder = Pending.Of(waiting);
        var waiters = Pending.Many(waiting, 3);

        foreach (var next in waiters)
        {
            holder.Release();
            Assert.False(trying.TryAcquire(out _));
            Assert.False(waiting.TryAcquire(out _));
            Assert.True(next.IsHeld);
            holder = next;
        }

        holder.Release();
        Assert.True(trying.TryAcquire(out var lease));
        lease.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_AWideRequestWaitsForMoreThanIsFree_PassesItOnlySoOften()
    {
        using var balancer = new WeightedBalancer(2);
        var (holding, waiting, trying) = (balancer.Register("holding"), balancer.Register("waiting"), balancer.Register("trying"));
        var holder = Pending.Of(holding);
        var wide = Pending.Of(waiting, 2);

        // Its own client's never pass it; those of others as long as it is not the wide one's turn: then the slot is kept for it.
        Assert.False(waiting.TryAcquire(out _));
        var passed = 0;
        while (trying.TryAcquire(out var lease))
        {
            lease.Dispose();
            Assert.InRange(++passed, 1, 8);
        }

        holder.Release();
        Assert.True(wide.IsHeld);
        wide.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_GateHeldByAWaiterTooWideForTheLimit_TakesTheSlotsThatAreFree()
    {
        using var balancer = new WeightedBalancer(10);
        var (wide, narrow) = (balancer.Register("wide"), balancer.Register("narrow"));
        balancer.Limit = 4;
        var waiter = Pending.Of(wide, 8);

        var leases = new SlotLease[4];
        for (var i = 0; i < 4; i++)
        {
            Assert.True(narrow.TryAcquire(out leases[i]));
        }

        Assert.False(narrow.TryAcquire(out _));
        leases[0].Dispose();
        Assert.False(narrow.TryAcquire(2, out _));
        Assert.True(narrow.TryAcquire(1, out leases[0]));
        Assert.Equal((4, 0, 1), (narrow.InFlight, narrow.Waiting, balancer.GetSnapshot().Waiting));

        Array.ForEach(leases, lease => lease.Dispose());
        balancer.Limit = 10;
        waiter.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_GateHeldAndExactlyAtItsCap_TakesTheLastSlotItMay()
    {
        using var balancer = new WeightedBalancer(10);
        var (wide, capped) = (balancer.Register("wide"), balancer.Register(new BalancerClientOptions { Name = "capped", MaxInFlight = 2 }));
        balancer.Limit = 4;
        var waiter = Pending.Of(wide, 8);

        Assert.True(capped.TryAcquire(out var first));
        Assert.True(capped.TryAcquire(out var second));
        Assert.False(capped.TryAcquire(out _));

        first.Dispose();
        second.Dispose();
        balancer.Limit = 10;
        waiter.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_OwnerBusyElsewhere_AnswersWithoutWaitingAndLeavesNothingBehind()
    {
        using var balancer = new WeightedBalancer(2);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var holder = Pending.Of(first);

        bool isTaken;
        SlotLease lease;
        using (new OwnerHold(balancer))
        {
            isTaken = second.TryAcquire(out lease);
        }

        // The owner has the gate shut and does not answer: no is the only answer that does not wait.
        Assert.False(isTaken);
        Assert.False(lease.IsHeld);
        Assert.Equal((0, 0), (second.InFlight, second.Waiting));
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task TryAcquire_RacingWithWaiters_NeverExceedsTheLimitOrLosesASlot()
    {
        using var balancer = new WeightedBalancer(2);
        var clients = new[] { balancer.Register("a"), balancer.Register("b"), balancer.Register("c") };
        var most = 0;
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var client = clients[(caller + i) % 3];
                if (caller == 0)
                {
                    (await client.AcquireAsync(1 + (i % 2))).Dispose();
                }
                else if (client.TryAcquire(1 + (i % 2), out var lease))
                {
                    most = Math.Max(most, balancer.Engine.Ledger.Read().InFlight);
                    lease.Dispose();
                }
            }
        }));

        await Task.WhenAll(callers).Within();

        Assert.InRange(most, 1, 2);
        Integrity.Check(balancer);
    }
}
