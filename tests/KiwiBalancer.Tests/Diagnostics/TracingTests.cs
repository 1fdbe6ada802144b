using System.Diagnostics;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Diagnostics;

/// <summary>One span for a request that waits. Alone, because a listener listens to the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class TracingTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WeightedBalancer _balancer;
    private readonly IClientHandle _client;
    private readonly ActivityListener _listener;
    private readonly ActivitySource _host = new("host");
    private readonly List<Activity> _spans = [];

    public TracingTests()
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 2, QueueTimeout = TimeSpan.FromMinutes(1) }, _clock);
        _client = _balancer.Register("billing");
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "KiwiBalancer" || source == _host,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (_spans)
                {
                    _spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _host.Dispose();
        _balancer.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_Granted_IsOneInternalSpanOfItsCallerFromEnqueueToGrant(bool isLease)
    {
        var start = _clock.GetUtcNow();
        var holder = _client.Take();
        Activity caller, current;
        Task<Activity?> sending;
        using (caller = _host.StartActivity("caller")!)
        {
            sending = isLease ? Acquire() : _client.RunAsync(static _ => new ValueTask<Activity?>(Activity.Current)).AsTask();
        }

        using (var releaser = _host.StartActivity("releaser")!)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            holder.Dispose();
            current = (await sending.Within())!;
            Assert.Same(releaser, Activity.Current);
        }

        var span = Assert.Single(_spans, span => span.Source.Name == "KiwiBalancer");
        Assert.Equal((caller.SpanId, caller.TraceId), (span.ParentSpanId, span.TraceId));
        Assert.Same(caller, current);
        Assert.Equal(("kiwibalancer.wait", ActivityKind.Internal, ActivityStatusCode.Unset), (span.OperationName, span.Kind, span.Status));
        Assert.Equal((start.UtcDateTime, TimeSpan.FromSeconds(2)), (span.StartTimeUtc, span.Duration));
        Assert.Equal(["kiwibalancer.client billing", "kiwibalancer.cost 1", "kiwibalancer.name kiwi"], span.TagObjects.Select(tag => $"{tag.Key} {tag.Value}").Order(StringComparer.Ordinal).ToArray());
        Integrity.Check(_balancer);

        async Task<Activity?> Acquire()
        {
            using var lease = await _client.AcquireAsync();
            return Activity.Current;
        }
    }

    [Fact]
    public async Task Send_AtOnce_HasNoSpan()
    {
        await _client.RunAsync(static _ => new ValueTask<int>(1));
        await _client.RunAsync(static async _ =>
        {
            await Task.Yield();
            return 1;
        });
        (await _client.AcquireAsync()).Dispose();
        _client.Take().Dispose();

        Assert.Empty(_spans);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Wait_InVain_SaysWhy()
    {
        using var source = new CancellationTokenSource();
        var holder = _client.Take();
        var cancelled = _client.RunAsync(static _ => new ValueTask<int>(1), source.Token);
        var timedOut = _client.RunAsync(static _ => new ValueTask<int>(1));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Within());
        _clock.Advance(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<BalancerRejectedException>(() => timedOut.Within());

        Assert.Equal(
            ["canceled Unset 1", "queue_timeout Error 61"],
            _spans.Select(span => $"{span.GetTagItem("kiwibalancer.result")} {span.Status} {span.Duration.TotalSeconds}").ToArray());
        holder.Dispose();
        Integrity.Check(_balancer);
    }
}
