using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Diagnostics;

/// <summary>The instruments of one meter, shared by all leases that use it.</summary>
internal sealed class RedisMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "KiwiBalancer.Redis";

    private static readonly Meter Fallback = new(Name);
    private static readonly ConditionalWeakTable<Meter, RedisMeter> Known = [];

    private readonly ConcurrentDictionary<LeaseLoop, long> _leases = new();
    private readonly Counter<long> _reports;
    private readonly Counter<long> _losses;
    private readonly Counter<long> _quarantines;

    private RedisMeter(Meter meter)
    {
        _reports = meter.CreateCounter<long>("kiwibalancer.redis.reports", "{report}", "Reports to the engine, by what came of them.");
        _losses = meter.CreateCounter<long>("kiwibalancer.redis.lease_losses", "{lease}", "Leases that ended because the engine did not prolong them.");
        _quarantines = meter.CreateCounter<long>("kiwibalancer.redis.quarantines", "{quarantine}", "How often the engine was found to have lost its memory.");
        meter.CreateObservableGauge("kiwibalancer.redis.held", () => Observe(static (loop, _) => loop.Status.Slots), "{slot}", "Slots leased by this process.");
        meter.CreateObservableGauge("kiwibalancer.redis.fleet_limit", () => Observe(static (loop, _) => loop.Status.FleetLimit), "{slot}", "The limit of all processes together that is in force.");
        meter.CreateObservableGauge("kiwibalancer.redis.demand", () => Observe(static (_, demand) => demand), "{slot}", "Slots wanted by this process.");
    }

    public static RedisMeter Of(IMeterFactory? factory) => Known.GetValue(factory?.Create(new MeterOptions(Name)) ?? Fallback, static meter => new RedisMeter(meter));

    public void Add(LeaseLoop loop) => _leases[loop] = 0;

    public void Remove(LeaseLoop loop) => _leases.TryRemove(loop, out _);

    public void Note(LeaseLoop loop, long demand)
    {
        if (_leases.ContainsKey(loop))
        {
            _leases[loop] = demand;
        }
    }

    public void Reported(LeaseLoop loop, bool isTaken) => _reports.Add(1, Balancer(loop), Resource(loop), Result(isTaken ? "answered" : "late"));

    public void Failed(LeaseLoop loop) => _reports.Add(1, Balancer(loop), Resource(loop), Result("failed"));

    public void LeaseLost(LeaseLoop loop) => _losses.Add(1, Balancer(loop), Resource(loop));

    public void Quarantined(LeaseLoop loop) => _quarantines.Add(1, Balancer(loop), Resource(loop));

    private IEnumerable<Measurement<long>> Observe(Func<LeaseLoop, long, long> number) =>
        _leases.Select(lease => new Measurement<long>(number(lease.Key, lease.Value), Balancer(lease.Key), Resource(lease.Key)));

    private static KeyValuePair<string, object?> Balancer(LeaseLoop loop) => new("kiwibalancer.name", loop.Balancer);

    private static KeyValuePair<string, object?> Resource(LeaseLoop loop) => new("kiwibalancer.resource", loop.Resource);

    private static KeyValuePair<string, object?> Result(string result) => new("kiwibalancer.result", result);
}
