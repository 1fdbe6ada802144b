using System.Diagnostics.Metrics;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Redis.Tests.Fleet;

/// <summary>What a life with a loss and a quarantine looks like in metrics and logs.</summary>
public class MetricsTests
{
    private const string Meter = "KiwiBalancer.Redis";

    private readonly CountedServer _server = new();

    [RedisFact]
    public async Task Metrics_LeasedThenEngineKilledAndRestartedEmpty_CountAllOfIt()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var held = new MetricCollector<long>(meters, Meter, "kiwibalancer.redis.held");
        using var demand = new MetricCollector<long>(meters, Meter, "kiwibalancer.redis.demand");
        using var limit = new MetricCollector<long>(meters, Meter, "kiwibalancer.redis.fleet_limit");
        using var reports = new MetricCollector<long>(meters, Meter, "kiwibalancer.redis.reports");
        using var losses = new MetricCollector<long>(meters, Meter, "kiwibalancer.redis.lease_losses");
        using var quarantines = new MetricCollector<long>(meters, Meter, "kiwibalancer.redis.quarantines");
        await using var redis = await RedisServer.StartAsync();
        await using var node = new FleetNode(redis, _server, 10, meters: meters);
        node.Load(20);

        await Eventually.TrueAsync(() => Last(held) == 10 && Last(demand) >= 10 && Last(limit) == 10, "all slots are held, and more are wanted");
        await Eventually.TrueAsync(() => Count(reports, "answered") >= 2, "reports are answered");
        Assert.Empty(losses.GetMeasurementSnapshot());
        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Information, "The first lease of llm is had. Other processes in its ledger: 0"), "it is logged");

        redis.Kill();
        await Eventually.TrueAsync(() => Count(losses, null) == 1 && Count(reports, "failed") >= 1, "the lease is lost");
        Assert.Equal(0, Last(held));
        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Warning, "The lease of llm has ended"), "it is logged");

        var before = Count(quarantines, null);
        await redis.StartAgainAsync();
        await Eventually.TrueAsync(() => Count(quarantines, null) == before + 1, "the engine is found to have lost its memory");
        await Eventually.TrueAsync(() => Last(held) == 10, "all slots are held again");
        Assert.Equal(1, Count(losses, null));
        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Warning, "lost its memory of llm"), "it is logged");
        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Information, "Leases of llm are had again"), "it is logged");
        Assert.All(reports.GetMeasurementSnapshot(), report => Assert.Equal("llm", report.Tags["kiwibalancer.resource"]));
    }

    private static long Last(MetricCollector<long> gauge)
    {
        gauge.Clear();
        gauge.RecordObservableInstruments();
        return gauge.LastMeasurement?.Value ?? -1;
    }

    private static long Count(MetricCollector<long> counter, string? result) =>
        counter.GetMeasurementSnapshot().Where(one => result is null || Equals(one.Tags["kiwibalancer.result"], result)).Sum(one => one.Value);
}
