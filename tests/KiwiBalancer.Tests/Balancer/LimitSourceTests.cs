using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Balancing;

public sealed class LimitSourceTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HandLimit _source = new();

    [Fact]
    public void Acquire_BeforeTheSourceHasAllowedAny_Waits()
    {
        using var balancer = Make();
        var client = balancer.Register("a");

        var waiter = Pending.Of(client);
        Assert.False(waiter.IsAnswered);
        Assert.Equal((0, 10), (balancer.Limit, _source.Limit.Configured));

        _source.Lease(2, seconds: 1);
        Assert.True(waiter.IsHeld);
        Pending.Finish([waiter]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_AtTheDeadline_WaitsWhileInFlightIsKept_AndALaterDeadlineResumes()
    {
        using var balancer = Make();
        var client = balancer.Register("a");
        _source.Lease(3, seconds: 1);
        var held = Pending.Of(client);

        _clock.Advance(TimeSpan.FromSeconds(1));
        var waiters = Pending.Many(client, 3);
        Assert.False(client.TryAcquire(out _));
        Assert.All(waiters, waiter => Assert.False(waiter.IsAnswered));
        Assert.Equal(1, balancer.GetSnapshot().InFlight);
        held.Release();
        Assert.All(waiters, waiter => Assert.False(waiter.IsAnswered));

        _source.Lease(2, seconds: 1);
        Assert.Equal([true, true, false], waiters.Select(waiter => waiter.IsHeld));
        Pending.Finish(waiters);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Release_AfterTheDeadlineWithWaiters_GrantsNothingUntilItIsMoved()
    {
        using var balancer = Make();
        var client = balancer.Register("a");
        _source.Lease(1, seconds: 1);
        var held = Pending.Of(client);
        var waiter = Pending.Of(client);
        _clock.Advance(TimeSpan.FromSeconds(2));

        held.Release();
        Assert.False(waiter.IsAnswered);

        _source.Lease(1, seconds: 1);
        Assert.True(waiter.IsHeld);
        Pending.Finish([waiter]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_WithADeadline_ReadsTheClockOnce()
    {
        var clock = new CountingTimeProvider(_clock);
        using var balancer = Make(clock);
        var client = balancer.Register("a");
        _source.Lease(2, seconds: 1);
        var before = clock.Readings;

        for (var i = 0; i < 100; i++)
        {
            Pending.Of(client).Release();
        }

        Assert.Equal(100, clock.Readings - before);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Limit_SetOrReconfigured_IsToldToTheSourceAndNotInForce()
    {
        using var balancer = Make();
        _source.Lease(3, seconds: 1);

        balancer.Limit = 7;
        balancer.Reconfigure(new KiwiBalancerOptions { Limit = 8 });

        Assert.Equal([7, 8], _source.Configured);
        Assert.Equal((3, 8), (balancer.Limit, _source.Limit.Configured));
    }

    [Fact]
    public void ReadDemand_WaitersTooWideForTheLimit_CountInSlots()
    {
        using var balancer = Make();
        var (light, heavy) = (balancer.Register("light", weight: 1), balancer.Register("heavy", weight: 3));
        _source.Lease(2, seconds: 1);
        Assert.Equal(new LimitDemand(0, 0, 4, 0, 0), _source.Limit.ReadDemand(-1));

        var held = Pending.Of(light);
        var wide = Pending.Of(heavy, 5);
        Assert.False(wide.IsAnswered);

        Assert.Equal(new LimitDemand(1, 6, 4, 0, 0), _source.Limit.ReadDemand(-1));
        Assert.Equal(new LimitDemand(1, 6, 4, 1, 1), _source.Limit.ReadDemand(1));
        Assert.Equal(new LimitDemand(1, 6, 4, 6, 4), _source.Limit.ReadDemand(2));
        _source.Lease(6, seconds: 1);
        Pending.Finish([held, wide]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void TryAcquire_Refused_IsDemandOnce()
    {
        using var balancer = Make();
        var client = balancer.Register("a");
        _source.Lease(0, seconds: 1);

        Assert.False(client.TryAcquire(3, out _));

        Assert.Equal(1, _source.Changes);
        Assert.Equal(3, _source.Limit.ReadDemand(-1).Wanted);
        Assert.Equal(0, _source.Limit.ReadDemand(-1).Wanted);
    }

    [Fact]
    public void Release_WhileSomebodyWaits_TellsTheSource()
    {
        using var balancer = Make();
        var client = balancer.Register("a");
        _source.Lease(1, seconds: 1);
        var held = Pending.Of(client);
        Assert.Equal(0, _source.Changes);
        var waiter = Pending.Of(client);
        Assert.Equal(1, _source.Changes);

        held.Release();

        Assert.Equal(2, _source.Changes);
        Pending.Finish([waiter]);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task DisposeAsync_WhileRequestsRun_LeavesTheSourceToThemUntilTheLastHasEnded()
    {
        var balancer = Make();
        var client = balancer.Register("a");
        _source.Lease(1, seconds: 1);
        var held = Pending.Of(client);
        var waiter = Pending.Of(client);

        var ended = balancer.DisposeAsync().AsTask();
        Assert.Equal(0, _source.Disposals);
        held.Release();
        Assert.True(waiter.IsHeld);
        Assert.Equal(0, _source.Disposals);
        waiter.Release();
        await ended.Within();

        Assert.Equal(1, _source.Disposals);
        Integrity.Check(balancer);
    }

    [Fact]
    public void UseLimitSource_ASecondOne_Throws()
    {
        using var balancer = Make();

        Assert.Throws<InvalidOperationException>(() => balancer.UseLimitSource(new HandLimit()));
    }

    [Fact]
    public async Task AddKiwiBalancer_WithASourceInTheContainer_TakesTheLimitFromIt()
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer(options => options.Limit = 10);
        services.AddSingleton<ILimitSource>(_source);
        await using (var provider = services.BuildServiceProvider())
        {
            var balancer = provider.GetRequiredService<IBalancer>();
            Assert.Equal(0, balancer.Limit);
            _source.Lease(4, seconds: 1);
            Assert.Equal(4, balancer.Limit);
        }

        Assert.True(_source.Disposals > 0);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private WeightedBalancer Make(TimeProvider? clock = null)
    {
        var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 10 }, clock ?? _clock);
        balancer.UseLimitSource(_source);
        return balancer;
    }
}
