using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

public sealed class LimitTests
{
    [Fact]
    public void Limit_Zero_PausesUntilItIsRaised()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);

        balancer.Limit = 0;
        var waiters = Pending.Many(client, 3);
        Assert.False(client.TryAcquire(out _));
        holder.Release();
        Assert.All(waiters, waiter => Assert.False(waiter.IsAnswered));

        balancer.Limit = 2;
        Assert.Equal([true, true, false], waiters.Select(waiter => waiter.IsHeld));
        Pending.Finish(waiters);
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(11, 10)]
    [InlineData(int.MaxValue, 20)]
    public void Raise_WhileFull_WakesExactlyAsManyAsFit(int limit, int expected)
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        var waiters = Pending.Many(client, 20);

        balancer.Limit = limit;

        Assert.Equal(expected, waiters.Count(waiter => waiter.IsHeld));
        Assert.Equal(expected + 1, balancer.GetSnapshot().InFlight);
        Pending.Finish([holder, .. waiters]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Raise_CostsOfTwo_WakesOnlyWhatFitsWhole()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");
        var holder = Pending.Of(client, 2);
        var waiters = Pending.Many(client, 4, cost: 2);

        balancer.Limit = 7;

        Assert.Equal([true, true, false, false], waiters.Select(waiter => waiter.IsHeld));
        Assert.Equal(6, balancer.GetSnapshot().InFlight);
        Pending.Finish([holder, .. waiters]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Lower_WhileFull_GrantsNobodyUntilInFlightIsBelow()
    {
        using var balancer = new WeightedBalancer(10);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var holders = Pending.Many(first, 10);
        var waiters = Pending.Many(second, 10);

        balancer.Limit = 4;
        for (var held = 9; held >= 4; held--)
        {
            holders[held].Release();
            Assert.Equal(held, balancer.GetSnapshot().InFlight);
        }

        holders[3].Release();
        Assert.Equal(4, balancer.GetSnapshot().InFlight);
        Assert.Equal(1, second.InFlight);
        Pending.Finish([.. holders, .. waiters]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Limit_Largest_GrantsTheLargestCostsWithoutOverflow()
    {
        using var balancer = new WeightedBalancer(int.MaxValue);
        var (first, second) = (balancer.Register("first"), balancer.Register("second", 1_000_000));
        var half = Pending.Of(first, int.MaxValue / 2);
        var other = Pending.Of(second, int.MaxValue / 2);
        var whole = Pending.Of(first, int.MaxValue);
        Assert.True(half.IsHeld && other.IsHeld);
        Assert.False(whole.IsAnswered);

        half.Release();
        Assert.False(whole.IsAnswered);
        other.Release();

        Assert.True(whole.IsHeld);
        Assert.Equal((int.MaxValue, int.MaxValue), (first.InFlight, balancer.GetSnapshot().InFlight));
        whole.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_CostUpToMaxCostAboveTheLimit_WaitsForTheLimitToRise()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 4, MaxCost = 6 });
        var client = balancer.Register("a");

        var wide = Pending.Of(client, 6);
        Assert.False(wide.IsAnswered);
        balancer.Limit = 5;
        Assert.False(wide.IsAnswered);
        balancer.Limit = 6;

        Assert.True(wide.IsHeld);
        wide.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Limit_SetInCode_LeavesMaxCostAsConfigured()
    {
        using var balancer = new WeightedBalancer(4);
        var client = balancer.Register("a");

        balancer.Limit = 100;

        Assert.Throws<ArgumentOutOfRangeException>(() => client.TryAcquire(5, out _));
        Assert.True(client.TryAcquire(4, out var lease));
        lease.Dispose();
        Integrity.Check(balancer);
    }
}
