using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;
using KiwiBalancer.Diagnostics;
using KiwiBalancer.Granting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KiwiBalancer;

/// <summary>What the balancers of all strategies have in common. Use one of its subclasses, such as <see cref="WeightedBalancer"/>.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerTypeProxy(typeof(BalancerDebugView))]
public abstract class Balancer : IBalancer
{
    private readonly ClientRegistry _clients;
    private readonly OptionsApplier _applier;
    private readonly Shutdown _shutdown;

    private protected Balancer(KiwiBalancerOptions options, Func<KiwiBalancerOptions, IGrantPolicy> makePolicy, TimeProvider? timeProvider, ILogger? logger, IMeterFactory? meterFactory)
    {
        OptionsCheck.Check(options);
        timeProvider ??= TimeProvider.System;
        Name = options.Name;
        var meter = BalancerMeter.Of(meterFactory);
        Engine = new BalancerEngine(BalancerSettings.From(options, timeProvider), makePolicy(options), timeProvider)
        {
            Log = new BalancerLog(logger ?? NullLogger.Instance, options.Name, timeProvider),
            Telemetry = new Telemetry(meter, options.Name),
        };
        _clients = new ClientRegistry(Engine);
        _applier = new OptionsApplier(_clients, options);
        _shutdown = new Shutdown(_clients, meter);
        meter.Add(_clients);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Limit
    {
        get => Engine.Ledger.Read().Limit;
        set
        {
            OptionsCheck.CheckLimit(value);
            _clients.ThrowIfClosed();
            Engine.SetLimit(value);
        }
    }

    internal BalancerEngine Engine { get; }

    /// <summary>What ends when the balancer's disposal begins.</summary>
    internal IDisposable? EndsWith { get; set; }

    /// <inheritdoc/>
    public IClientHandle Register(BalancerClientOptions client) => _clients.Add(client);

    /// <inheritdoc/>
    public bool TryGetClient(string name, [NotNullWhen(true)] out IClientHandle? client)
    {
        ArgumentNullException.ThrowIfNull(name);
        var isFound = _clients.TryGet(name, out var handle);
        client = handle;
        return isFound;
    }

    /// <inheritdoc/>
    public void Reconfigure(KiwiBalancerOptions options)
    {
        OptionsCheck.Check(options);
        _clients.ThrowIfClosed();
        _applier.Apply(options);
    }

    /// <inheritdoc/>
    public BalancerSnapshot GetSnapshot() => SnapshotTaker.Take(Name, _clients);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        EndsWith?.Dispose();
        return new ValueTask(_shutdown.Gently());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        EndsWith?.Dispose();
        _shutdown.ByForce();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Engine.Ledger.Read()}";
}
