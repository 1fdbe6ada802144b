using System.Diagnostics.Metrics;
using KiwiBalancer.Tests.Support;
using KiwiBalancer.Tests.Workloads;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Diagnostics;

/// <summary>What is recorded of each request: how it ended, how long it waited, how long it held its slots.</summary>
public sealed class RequestMetricsTests : IDisposable
{
    private readonly Meters _meters = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly GatedServer _server = new();
    private readonly WeightedBalancer _balancer;
    private readonly IClientHandle _client;
    private readonly IClientHandle<int, int> _bound;
    private readonly MetricCollector<long> _requests;
    private readonly MetricCollector<double> _waits;
    private readonly MetricCollector<double> _durations;

    public RequestMetricsTests()
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 2, QueueTimeout = TimeSpan.FromMinutes(1), ShutdownTimeout = TimeSpan.Zero }, _clock, meterFactory: _meters.Factory);
        _client = _balancer.Register("a");
        _bound = _client.For(_server);
        _requests = _meters.Counts("requests");
        _waits = _meters.Seconds("request.time_in_queue");
        _durations = _meters.Seconds("request.duration");
    }

    public void Dispose()
    {
        _requests.Dispose();
        _waits.Dispose();
        _durations.Dispose();
        _balancer.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Send_AtOnce_CountsItAndTimesTheServerAlone()
    {
        var sending = _bound.SendAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(3));
        _server.Finish(1);
        await sending.Within();

        Expect(["kiwi completed 1"], [], ["kiwi completed 3"]);
    }

    [Fact]
    public async Task Send_AfterWaiting_TimesTheWaitAndTheServerApart()
    {
        var holder = _bound.SendAsync(1);
        var sending = _bound.SendAsync(2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _server.Finish(1);
        await holder.Within();
        await _server.Entered(2);
        Assert.Equal(["kiwi 2"], Meters.Read(_waits));
        _clock.Advance(TimeSpan.FromSeconds(3));
        _server.Finish(2);
        await sending.Within();

        Expect(["kiwi completed 1", "kiwi completed 1"], ["kiwi 2"], ["kiwi completed 2", "kiwi completed 3"]);
    }

    [Fact]
    public async Task Send_ServerFails_IsFailedWithTheTypeOfTheError()
    {
        var sending = _bound.SendAsync(1);
        _server.Fail(1, new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => sending.Within());

        Expect(["kiwi failed System.InvalidOperationException 1"], [], ["kiwi failed System.InvalidOperationException 0"]);
    }

    [Fact]
    public async Task Send_ServerGivesUpByItself_IsFailedNotCanceled()
    {
        using var source = new CancellationTokenSource();
        var sending = _bound.SendAsync(1, source.Token);
        _server.Fail(1, new TaskCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within());

        Assert.Equal(["kiwi failed System.Threading.Tasks.TaskCanceledException 1"], Meters.Read(_requests));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_CallerCancels_IsCanceled(bool isWaiting)
    {
        using var source = new CancellationTokenSource();
        var holder = isWaiting ? _client.Take() : default;
        var sending = _bound.SendAsync(1, source.Token);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within());

        Expect(["kiwi canceled 1"], isWaiting ? ["kiwi 2"] : [], isWaiting ? [] : ["kiwi canceled 2"]);
        holder.Dispose();
    }

    [Fact]
    public async Task Send_RejectedAtOnceBecauseTheQueueIsFull_HasNotWaited()
    {
        var holder = _client.Take();
        var waiting = Pending.Many(_client, 2);

        await Assert.ThrowsAsync<BalancerRejectedException>(() => _bound.SendAsync(1).Within());
        Assert.NotNull(_client.AcquireOrRejectAsync().Granted().Rejection);
        await Assert.ThrowsAsync<BalancerRejectedException>(() => _client.AcquireAsync().Within());

        Expect(["kiwi queue_full 1", "kiwi queue_full 1", "kiwi queue_full 1"], [], []);
        holder.Dispose();
        Pending.Finish(waiting);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Send_WaitsTooLong_IsTimedOutAndItsWaitIsKnown()
    {
        using var holder = _client.Take();
        var sending = _bound.SendAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(60.05));
        await Assert.ThrowsAsync<BalancerRejectedException>(() => sending.Within());

        Expect(["kiwi queue_timeout 1"], ["kiwi 60.05"], []);
    }

    [Theory]
    [InlineData(false, "client_closed")]
    [InlineData(true, "balancer_closed")]
    public async Task Send_ClosedWhileItRunsOrWaits_IsSaid(bool isBalancer, string result)
    {
        var running = _bound.SendAsync(1);
        var waiting = _bound.SendAsync(2);

        await (isBalancer ? _balancer.DisposeAsync().Within() : Task.Run(_client.Dispose));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        await Assert.ThrowsAsync<BalancerRejectedException>(() => waiting.Within());

        Assert.Equal(new[] { "kiwi canceled 1", $"kiwi {result} 1" }.Order(StringComparer.Ordinal).ToArray(), Meters.Read(_requests).Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public async Task Acquire_EveryWay_EndsWithItsLease()
    {
        var first = _client.Take();
        var second = _client.AcquireAsync().AsTask();
        Assert.False(_client.TryAcquire(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        first.Dispose();
        var lease = await second.Within();
        Assert.Equal(["kiwi completed 1"], Meters.Read(_requests));
        _clock.Advance(TimeSpan.FromSeconds(4));
        lease.Dispose();
        lease.Dispose();

        Expect(["kiwi completed 1", "kiwi completed 1"], ["kiwi 1"], ["kiwi completed 1", "kiwi completed 4"]);
    }

    [Fact]
    public async Task SendAll_AndStream_AreCountedLikeOtherRequests()
    {
        var numbers = _client.For<int, int>(static (i, _) => i == 2 ? throw new InvalidOperationException() : new(i));
        await numbers.SendAllAsync(new[] { 1, 2, 3 }.ToAsyncEnumerable(), new SendAllOptions { ContinueOnError = true }).ReadAsync();
        await _client.StreamAsync(static _ => new[] { 1, 2 }.ToAsyncEnumerable()).ReadAsync();
        await _client.StreamAsync(static _ => new[] { 1 }.ToAsyncEnumerable().Select(static int (_) => throw new FormatException())).ToErrorAsync();
        using var source = new CancellationTokenSource();
        await _client.StreamAsync(_ => new[] { 1, 2 }.ToAsyncEnumerable().Select(i => { source.Cancel(); return i; }), source.Token).ToErrorAsync();

        Assert.Equal(
            ["kiwi canceled 1", "kiwi completed 1", "kiwi completed 1", "kiwi completed 1", "kiwi failed System.FormatException 1", "kiwi failed System.InvalidOperationException 1"],
            Meters.Read(_requests).Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public async Task Measure_ListenerComesWhileARequestRuns_SeesOnlyWholeRequests()
    {
        using var meters = new Meters();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, meterFactory: meters.Factory);
        var before = balancer.Register("a").AcquireAsync();
        using var requests = meters.Counts("requests");

        (await before).Dispose();
        Assert.Empty(Meters.Read(requests));
        balancer.TryGetClient("a", out var client);
        client!.Take().Dispose();

        Assert.Equal(["kiwi completed 1"], Meters.Read(requests));
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Measure_ListenerThrows_NoCallerHearsOfIt()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _meters.Factory))
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException("The listener's own fault."));
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new InvalidOperationException("The listener's own fault."));
        listener.Start();

        var held = _client.Take();
        var sending = _bound.SendAsync(1);
        held.Dispose();
        _server.Finish(1);

        Assert.Equal(1, await sending.Within());
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(BalancerStrategy.SingleClient)]
    [InlineData(BalancerStrategy.Batch)]
    public async Task Send_GrantedAtOnceByAStrategyWithoutADoor_HasNotWaited(BalancerStrategy strategy)
    {
        var options = new KiwiBalancerOptions { Limit = 1 };
        using Balancer balancer = strategy == BalancerStrategy.Batch ? new BatchBalancer(options, meterFactory: _meters.Factory) : new SingleClientBalancer(options, meterFactory: _meters.Factory);
        var client = balancer.Register("a");

        await client.RunAsync(static _ => new ValueTask<int>(1)).Within();
        (await client.AcquireAsync().Within()).Dispose();

        Assert.Equal(["kiwi completed 1", "kiwi completed 1"], Meters.Read(_requests));
        Assert.Empty(Meters.Read(_waits));
        Integrity.Check(balancer);
    }

    [Fact]
    public void Histograms_AdviseBucketsFromMillisecondsToMinutes()
    {
        Assert.All([_waits.Instrument, _durations.Instrument], instrument =>
        {
            var buckets = ((Histogram<double>)instrument!).Advice!.HistogramBucketBoundaries!;
            Assert.Equal((0.005, 300), (buckets[0], buckets[^1]));
            Assert.Equal("s", instrument.Unit);
        });
        Assert.Equal("{request}", _requests.Instrument!.Unit);
    }

    private void Expect(string[] requests, string[] waits, string[] durations)
    {
        Assert.Equal(requests, Meters.Read(_requests));
        Assert.Equal(waits, Meters.Read(_waits));
        Assert.Equal(durations, Meters.Read(_durations));
    }
}
