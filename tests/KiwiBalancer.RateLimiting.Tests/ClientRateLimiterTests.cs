using System.Threading.RateLimiting;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.RateLimiting.Tests;

public sealed class ClientRateLimiterTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WeightedBalancer _balancer;
    private readonly IClientHandle _client;
    private readonly RateLimiter _limiter;

    public ClientRateLimiterTests()
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 4, MaxQueueLength = 2, QueueTimeout = TimeSpan.FromMinutes(1) }, _clock);
        _client = _balancer.Register("a");
        _limiter = _client.AsRateLimiter();
    }

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public async Task Acquire_AfterAnAttemptInVain_WaitsForItsTurn()
    {
        var held = Take(4);

        using (var attempt = _limiter.AttemptAcquire())
        {
            Assert.False(attempt.IsAcquired);
            Assert.True(attempt.TryGetMetadata(MetadataName.ReasonPhrase, out var phrase));
            Assert.Equal("No slot is free for this client now.", phrase);
            Assert.False(attempt.TryGetMetadata(KiwiMetadataName.Reason, out _));
        }

        var waiting = _limiter.AcquireAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        held.Dispose();

        using (var lease = await waiting.Within())
        {
            Assert.True(lease.IsAcquired);
            Assert.Empty(lease.MetadataNames);
            Assert.Equal(1, _client.InFlight);
        }

        AssertAtRest();
    }

    [Fact]
    public async Task Attempt_WhileARequestWaits_DoesNotPassIt()
    {
        var held = Take(3);
        var wide = _limiter.AcquireAsync(2).AsTask();

        Assert.False(_limiter.AttemptAcquire().IsAcquired);

        held.Dispose();
        (await wide.Within()).Dispose();
        AssertAtRest();
    }

    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(2, 2, 4)]
    public void Permits_AreTheCost(int cost, int permits, int slots)
    {
        using (var lease = _client.AsRateLimiter(cost).AttemptAcquire(permits))
        {
            Assert.True(lease.IsAcquired);
            Assert.Equal(slots, _client.InFlight);
            lease.Dispose();
        }

        AssertAtRest();
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 2)]
    [InlineData(2, int.MaxValue)]
    public void Permits_MoreThanEver_AreRefusedAtTheDoor(int cost, int permits)
    {
        var limiter = _client.AsRateLimiter(cost);

        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(permits));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = limiter.AcquireAsync(permits); });
        AssertAtRest();
    }

    [Fact]
    public async Task NoPermits_TellWhetherAndWhenASlotCouldBeHad()
    {
        Assert.True(_limiter.AttemptAcquire(0).IsAcquired);
        Assert.Equal(0, _client.InFlight);
        var held = Take(4);
        Assert.False(_limiter.AttemptAcquire(0).IsAcquired);
        var waiting = _limiter.AcquireAsync(0).AsTask();
        Assert.False(waiting.IsCompleted);
        held.Dispose();

        Assert.True((await waiting.Within()).IsAcquired);
        AssertAtRest();
    }

    [Fact]
    public async Task Acquire_QueueFull_SaysWhyAndWhenToComeBack()
    {
        // Slots come back at a known rate: one a second.
        for (var i = 0; i < 20; i++)
        {
            var slot = Take(4);
            var next = _limiter.AcquireAsync().AsTask();
            _clock.Advance(TimeSpan.FromSeconds(1));
            slot.Dispose();
            (await next.Within()).Dispose();
        }

        var held = Take(4);
        var waiting = new[] { _limiter.AcquireAsync().AsTask(), _limiter.AcquireAsync().AsTask() };

        using var lease = await _limiter.AcquireAsync();

        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(KiwiMetadataName.Reason, out var reason));
        Assert.Equal(RejectionReason.QueueFull, reason);
        Assert.True(lease.TryGetMetadata(MetadataName.ReasonPhrase, out var phrase));
        Assert.Contains("the queue is full (2 waiting", phrase, StringComparison.Ordinal);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var after));
        Assert.InRange(after, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(3, lease.MetadataNames.Count());
        held.Dispose();
        foreach (var granted in await Task.WhenAll(waiting).Within())
        {
            granted.Dispose();
        }

        AssertAtRest();
    }

    [Fact]
    public async Task Acquire_WaitsTooLong_SaysSo()
    {
        using var held = Take(4);
        var waiting = _limiter.AcquireAsync().AsTask();

        _clock.Advance(TimeSpan.FromSeconds(61));

        Assert.True((await waiting.Within()).TryGetMetadata(KiwiMetadataName.Reason, out var reason));
        Assert.Equal(RejectionReason.QueueTimeout, reason);
    }

    [Fact]
    public async Task Acquire_Cancelled_LeavesTheQueueAndCarriesTheToken()
    {
        using var source = new CancellationTokenSource();
        using var held = Take(4);
        var waiting = _limiter.AcquireAsync(1, source.Token).AsTask();

        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within())).CancellationToken);
        Assert.Equal(0, _client.Waiting);
    }

    [Fact]
    public async Task Acquire_TheClientHasBeenDisposed_IsRefusedNotThrown()
    {
        _client.Dispose();

        foreach (var lease in new[] { _limiter.AttemptAcquire(), await _limiter.AcquireAsync() })
        {
            Assert.False(lease.IsAcquired);
            Assert.True(lease.TryGetMetadata(KiwiMetadataName.Reason, out var reason));
            Assert.Equal(RejectionReason.ClientClosed, reason);
        }
    }

    [Fact]
    public async Task Dispose_AsTheFrameworkDoesWithIdlePartitions_EndsNeitherClientNorLimiter()
    {
        var held = _limiter.AttemptAcquire(4);
        var waiting = _limiter.AcquireAsync().AsTask();
        using (var partitions = PartitionedRateLimiter.Create<string, RateLimiter>(_ => _client.AsRateLimitPartition()))
        {
            Assert.False(partitions.AttemptAcquire("x").IsAcquired);
        }

        _limiter.Dispose();
        await _limiter.DisposeAsync();
        held.Dispose();

        (await waiting.Within()).Dispose();
        Assert.Same(_limiter, _client.AsRateLimiter());
        Assert.True(_limiter.AttemptAcquire().IsAcquired);
        Assert.Equal(1, _client.InFlight);
    }

    [Fact]
    public async Task Lease_DisposedManyTimesAtOnce_GivesItsSlotsBackOnce()
    {
        for (var i = 0; i < 200; i++)
        {
            var lease = _limiter.AttemptAcquire(2);
            using var start = new Barrier(2);
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait(Eventually.Watchdog);
                lease.Dispose();
            }))).Within();
            Assert.Equal(0, _client.InFlight);
        }

        AssertAtRest();
    }

    [Fact]
    public async Task Statistics_CountWhatHappened()
    {
        var held = Take(3);
        Expect(available: 1, queued: 0, granted: 1, refused: 0);
        var one = _limiter.AttemptAcquire();
        Assert.False(_limiter.AttemptAcquire().IsAcquired);
        var waiting = _limiter.AcquireAsync().AsTask();
        Expect(available: 0, queued: 1, granted: 2, refused: 1);
        held.Dispose();
        (await waiting.Within()).Dispose();
        one.Dispose();
        Expect(available: 4, queued: 0, granted: 3, refused: 1);
        Assert.Equal(2, _client.AsRateLimiter(cost: 2).GetStatistics()!.CurrentAvailablePermits);
        AssertAtRest();
    }

    [Fact]
    public async Task Idle_WhoeverUsesTheClient_IsCountedFromItsLastUse()
    {
        Assert.NotNull(_limiter.IdleDuration);
        Assert.True(_client.TryAcquire(4, out var direct));
        Assert.Null(_limiter.IdleDuration);
        var waiting = _limiter.AcquireAsync().AsTask();
        direct.Dispose();
        var lease = await waiting.Within();
        Assert.Null(_limiter.IdleDuration);
        lease.Dispose();

        var idle = _limiter.IdleDuration;
        Assert.NotNull(idle);
        Eventually.True(() => _limiter.IdleDuration > idle, "the idle duration grows");
        AssertAtRest();
    }

    [Fact]
    public void Partition_OfANameNobodyRegistered_IsThatOfTheOthers()
    {
        var others = _balancer.Register("others");

        var (known, unknown, none) = (Partition("a"), Partition("made up"), Partition(null));
        Assert.Same(_limiter, known.PartitionKey);
        Assert.Same(others.AsRateLimiter(), unknown.PartitionKey);
        Assert.Same(unknown.PartitionKey, none.PartitionKey);
        var late = _balancer.Register("made up");
        Assert.Same(late.AsRateLimiter(), Partition("made up").PartitionKey);
        Assert.Same(late.AsRateLimiter(), Partition("made up").Factory(late.AsRateLimiter()));
        Assert.NotSame(Partition("a", cost: 2).PartitionKey, known.PartitionKey);

        RateLimitPartition<RateLimiter> Partition(string? name, int cost = 1) => _balancer.GetRateLimitPartition(name, others, cost);
    }

    [Fact]
    public void Extensions_WrongArguments_ThrowAtTheCall()
    {
        Assert.Throws<ArgumentNullException>("client", () => ((IClientHandle)null!).AsRateLimiter());
        Assert.Throws<ArgumentNullException>("client", () => ((IClientHandle)null!).AsRateLimitPartition());
        Assert.Throws<ArgumentOutOfRangeException>("cost", () => _client.AsRateLimiter(cost: 0));
        Assert.Throws<ArgumentOutOfRangeException>("cost", () => _client.AsRateLimitPartition(cost: -1));
        Assert.Throws<ArgumentNullException>("balancer", () => ((IBalancer)null!).GetRateLimitPartition("a", _client));
        Assert.Throws<ArgumentNullException>("otherwise", () => _balancer.GetRateLimitPartition("a", null!));
        Assert.Throws<ArgumentOutOfRangeException>("cost", () => _balancer.GetRateLimitPartition("a", _client, cost: 0));
    }

    private RateLimitLease Take(int permits)
    {
        var lease = _limiter.AttemptAcquire(permits);
        Assert.True(lease.IsAcquired);
        return lease;
    }

    private void Expect(long available, long queued, long granted, long refused)
    {
        var now = _limiter.GetStatistics()!;
        Assert.Equal((available, queued, granted, refused), (now.CurrentAvailablePermits, now.CurrentQueuedCount, now.TotalSuccessfulLeases, now.TotalFailedLeases));
    }

    private void AssertAtRest()
    {
        var snapshot = _balancer.GetSnapshot();
        Assert.Equal((0, 0), (snapshot.InFlight, snapshot.Waiting));
    }
}
