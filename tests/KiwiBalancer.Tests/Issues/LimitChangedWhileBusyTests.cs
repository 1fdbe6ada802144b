using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>Polly ran 5 at once after a reload from 2 to 3, LoadShedding ran 6 at a limit of 4, and a semaphore in the wild woke nobody and let newcomers barge in.</summary>
public sealed class LimitChangedWhileBusyTests
{
    [Fact]
    public void Raise_TwoToThree_WakesOneWaiterAndLetsNoNewcomerPass()
    {
        using var balancer = new WeightedBalancer(2);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var holders = Pending.Many(first, 2);
        var waiters = Pending.Many(first, 3);

        balancer.Limit = 3;
        var newcomer = Pending.Of(second);
        var mayPass = second.TryAcquire(out _);

        Assert.Equal([true, false, false], waiters.Select(waiter => waiter.IsHeld));
        Assert.False(newcomer.IsAnswered);
        Assert.False(mayPass);
        Assert.Equal((3, 3), (balancer.GetSnapshot().InFlight, balancer.GetSnapshot().Waiting));
        Pending.Finish([.. holders, .. waiters, newcomer]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Lower_ThreeToTwo_DrainsBeforeAnybodyIsGranted()
    {
        using var balancer = new WeightedBalancer(3);
        var client = balancer.Register("a");
        var holders = Pending.Many(client, 3);
        var waiters = Pending.Many(client, 2);

        balancer.Limit = 2;
        Assert.Equal(3, balancer.GetSnapshot().InFlight);
        holders[0].Release();
        Assert.All(waiters, waiter => Assert.False(waiter.IsAnswered));
        Assert.Equal(2, balancer.GetSnapshot().InFlight);
        holders[1].Release();
        Assert.Equal([true, false], waiters.Select(waiter => waiter.IsHeld));
        Assert.Equal(2, balancer.GetSnapshot().InFlight);

        Pending.Finish([.. holders, .. waiters]);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Swing_TwoAndThreeUnderLoad_NeverRunsMoreThanThree()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 3, MaxCost = 1 });
        var clients = new[] { balancer.Register("a"), balancer.Register("b", 2) };
        var (running, most) = (0, 0);
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                var lease = await clients[caller & 1].AcquireAsync().ConfigureAwait(false);
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                Interlocked.Decrement(ref running);
                lease.Dispose();
            }
        })).ToArray();

        var all = Task.WhenAll(callers);
        for (var i = 0; !all.IsCompleted; i++)
        {
            balancer.Limit = 2 + (i & 1);
            Thread.Yield();
        }

        await all.Within();
        Assert.InRange(most, 1, 3);
        Integrity.Check(balancer);
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = Volatile.Read(ref place); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref place, value, seen);
        }
    }
}
