using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KiwiBalancer.Tests.Support;

/// <summary>A meter factory of a test's own, so that what it listens to is its own balancers, and no other test's are listened to.</summary>
internal sealed class Meters : IDisposable
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public Meters() => Factory = _provider.GetRequiredService<IMeterFactory>();

    public IMeterFactory Factory { get; }

    public MetricCollector<long> Counts(string instrument) => new(Factory, "KiwiBalancer", "kiwibalancer." + instrument);

    public MetricCollector<double> Seconds(string instrument) => new(Factory, "KiwiBalancer", "kiwibalancer." + instrument);

    /// <summary>What an observable instrument shows now: <c>name[/client] number</c>, in order.</summary>
    public string[] Read(string instrument)
    {
        using var collector = Counts(instrument);
        collector.RecordObservableInstruments();
        return [.. collector.GetMeasurementSnapshot().Select(Row).Order(StringComparer.Ordinal)];
    }

    /// <summary>The measurements so far: <c>name[/client] [result] [error] number</c>, in the order in which they were made.</summary>
    public static string[] Read<T>(MetricCollector<T> collector)
        where T : struct => [.. collector.GetMeasurementSnapshot().Select(Row)];

    public void Dispose() => _provider.Dispose();

    private static string Row<T>(CollectedMeasurement<T> measurement)
        where T : struct
    {
        var client = Tag("kiwibalancer.client");
        return string.Join(' ', new[] { Tag("kiwibalancer.name") + (client is null ? "" : "/" + client), Tag("kiwibalancer.result"), Tag("error.type"), FormattableString.Invariant($"{measurement.Value}") }.Where(part => part is not null));

        string? Tag(string name) => measurement.Tags.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
