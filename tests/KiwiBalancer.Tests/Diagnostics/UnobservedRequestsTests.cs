using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Diagnostics;

/// <summary>What telemetry costs those who do not use it, or only its counts: nothing is allocated, and no clock is read.</summary>
public sealed class UnobservedRequestsTests : IDisposable
{
    private const int Times = 1_000;

    private readonly Meters _meters = new();
    private readonly CountingTimeProvider _clock = new(new FakeTimeProvider());
    private readonly WeightedBalancer _balancer;
    private readonly IClientHandle _client;
    private readonly IClientHandle<int, int> _bound;

    public UnobservedRequestsTests()
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, MaxClientsInMetrics = 10 }, _clock, meterFactory: _meters.Factory);
        _client = _balancer.Register("a");
        _bound = _client.For<int, int>(static (request, _) => new ValueTask<int>(request));
    }

    public void Dispose()
    {
        _balancer.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void Requests_NobodyListens_CostNothing() => Measure();

    [Fact]
    public void Requests_OnlyCountsAreCollected_CostNothing()
    {
        using var active = _meters.Counts("active_requests");
        using var queued = _meters.Counts("queued_requests");

        Measure();

        active.RecordObservableInstruments();
        Assert.Equal(["kiwi/a 0"], Meters.Read(active));
    }

    [Fact]
    public void Requests_TheListenerHasLeft_CostNothingAgain()
    {
        using (var requests = _meters.Counts("requests"))
        {
            Run();
            Assert.Equal(3, requests.GetMeasurementSnapshot().Count);
        }

        Measure();
    }

    private void Measure()
    {
        for (var i = 0; i < 100; i++)
        {
            Run();
        }

        var readings = _clock.Readings;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            Run();
        }

        Assert.Equal((0, 0), (GC.GetAllocatedBytesForCurrentThread() - before, _clock.Readings - readings));
        Integrity.Check(_balancer);
    }

    private void Run()
    {
        _ = _bound.SendAsync(1).GetAwaiter().GetResult();
        _client.AcquireAsync().GetAwaiter().GetResult().Dispose();
        _client.TryAcquire(out var lease);
        lease.Dispose();
    }
}
