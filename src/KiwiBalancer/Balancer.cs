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

    /// <inheritdoc/>
    public bool IsDisposed => _clients.IsClosed;

    internal BalancerEngine Engine { get; }

    /// <summary>What ends when the balancer's disposal begins.</summary>
    internal IDisposable? EndsWith { get; set; }

    /// <summary>
    /// Takes the limit from a source from here on. Nothing is granted until the source says so; what is in flight stays. <see cref="Limit"/> then reads as what the source allows now, and setting it, or reloading the options, tells the source what is wanted.
    /// The balancer disposes the source when its last request has ended.
    /// </summary>
    /// <param name="source">The source. It serves this balancer only.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The balancer has a source already.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    public void UseLimitSource(ILimitSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _clients.ThrowIfClosed();
        Engine.UseSource(source, new SourcedLimit(Name, _clients));
    }

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
        var ended = _shutdown.Gently();
        return new ValueTask(Engine.Source is { } source ? EndAsync(ended, source) : ended);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        EndsWith?.Dispose();
        _shutdown.ByForce();
        if (Engine.Source is { } source)
        {
            _ = EndAsync(_shutdown.Gently(), source);
        }
    }

    // The source last: those who were accepted may need its slots until the end.
    private static async Task EndAsync(Task ended, ILimitSource source)
    {
        try
        {
            await ended.ConfigureAwait(false);
        }
        finally
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Engine.Ledger.Read()}";
}
