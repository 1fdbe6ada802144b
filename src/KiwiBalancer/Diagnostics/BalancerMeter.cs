using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Diagnostics;

/// <summary>
/// The instruments of one meter, shared by all balancers that use it. Counts are observable: read from the words when somebody collects, so that they cost a request nothing.
/// </summary>
internal sealed class BalancerMeter
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "KiwiBalancer";

    private const string Request = "{request}";

    private static readonly Meter Fallback = new(Name);
    private static readonly ConditionalWeakTable<Meter, BalancerMeter> Known = [];

    // Weak, because a balancer that nobody holds any more, though it was never disposed, must not be kept alive by a meter that lives as long as the process.
    private readonly ConditionalWeakTable<ClientRegistry, Telemetry> _balancers = [];

    private BalancerMeter(Meter meter)
    {
        Requests = meter.CreateCounter<long>("kiwibalancer.requests", Request, "Requests that have ended, by how.");
        TimeInQueue = meter.CreateHistogram("kiwibalancer.request.time_in_queue", "s", "How long requests waited that could not be granted at once.", tags: null, Buckets());
        Duration = meter.CreateHistogram("kiwibalancer.request.duration", "s", "How long requests held their slots.", tags: null, Buckets());
        InvalidReloads = meter.CreateCounter<long>("kiwibalancer.invalid_reloads", "{reload}", "Changes of configuration that were not applied.");
        meter.CreateObservableUpDownCounter("kiwibalancer.active_requests", () => Observe(static engine => engine.Ledger.Read().InFlight, static client => client.InFlight), Request, "Slots held by requests.");
        meter.CreateObservableUpDownCounter("kiwibalancer.queued_requests", () => Observe(null, static client => client.Waiting), Request, "Requests that wait.");
        meter.CreateObservableGauge("kiwibalancer.limit", () => Observe(static balancer => balancer.Engine.Ledger.Read().Limit), "{slot}", "Slots that may be held at once.");
        meter.CreateObservableUpDownCounter("kiwibalancer.clients", () => Observe(static balancer => balancer.All.Count(client => !client.IsClosed)), "{client}", "Registered clients.");
    }

    public Counter<long> Requests { get; }

    public Histogram<double> TimeInQueue { get; }

    public Histogram<double> Duration { get; }

    public Counter<long> InvalidReloads { get; }

    /// <summary>The instruments of the factory's meter, or of the one of this process if there is no factory.</summary>
    public static BalancerMeter Of(IMeterFactory? factory) => Known.GetValue(factory?.Create(new MeterOptions(Name)) ?? Fallback, static meter => new BalancerMeter(meter));

    /// <summary>Shows a balancer's counts, until it is removed or nobody holds it any more.</summary>
    public void Add(ClientRegistry balancer) => _balancers.Add(balancer, balancer.Engine.Telemetry);

    public void Remove(ClientRegistry balancer) => _balancers.Remove(balancer);

    // Balancers of one name are one row: two rows with the same tags would overwrite each other.
    private IEnumerable<Measurement<long>> Observe(Func<ClientRegistry, long> number) => _balancers
        .GroupBy(static balancer => balancer.Value.Balancer, balancer => number(balancer.Key), StringComparer.Ordinal)
        .Select(static row => new Measurement<long>(row.Sum(), new KeyValuePair<string, object?>(Tag.Balancer, row.Key)));

    private IEnumerable<Measurement<long>> Observe(Func<BalancerEngine, long>? ofBalancer, Func<ClientHandle, long> ofClient) => _balancers
        .SelectMany(balancer => Rows(balancer.Key, balancer.Value, ofBalancer, ofClient))
        .GroupBy(static row => (row.Balancer, row.Client), static row => row.Number)
        .Select(static row => new Measurement<long>(row.Sum(), Tag.Of(row.Key.Balancer, row.Key.Client)));

    private static IEnumerable<(string Balancer, string? Client, long Number)> Rows(ClientRegistry balancer, Telemetry telemetry, Func<BalancerEngine, long>? ofBalancer, Func<ClientHandle, long> ofClient) =>
        balancer.Engine.Settings.MaxClientsInMetrics > 0
            ? balancer.All.Select(client => (telemetry.Balancer, telemetry.TagOf(client), ofClient(client)))
            : [(telemetry.Balancer, null, ofBalancer?.Invoke(balancer.Engine) ?? balancer.All.Sum(ofClient))];

    // Those that ASP.NET Core advises for requests, and on to five minutes, for answers that are generated.
    private static InstrumentAdvice<double> Buckets() => new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120, 300] };
}
