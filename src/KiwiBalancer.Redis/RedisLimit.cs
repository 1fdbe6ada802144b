using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using KiwiBalancer.Redis;
using KiwiBalancer.Redis.Diagnostics;
using KiwiBalancer.Redis.Node;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KiwiBalancer;

/// <summary>
/// One limit for many processes: each leases a whole number of slots from a ledger in Redis or Valkey, spends them without asking anybody, and gives up what others need more. Together they never hold more than the limit, whatever crashes.
/// While the engine cannot be reached a process goes on with its lease until it ends, and then grants nothing.
/// </summary>
/// <remarks>Give it to one balancer, by <see cref="Balancer.UseLimitSource"/>, or let <c>AddRedisLimit</c> do so. All members are safe to call from any thread.</remarks>
public sealed class RedisLimit : ILimitSource, IDisposable
{
    private readonly RedisLimitOptions _options;
    private readonly ILogger _logger;
    private readonly IMeterFactory? _meters;
    private readonly string _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    // Invariant: set once. Written by: Start. Order: volatile; until then there is nothing to tell it.
    private LeaseLoop? _loop;

    /// <summary>Creates a source; it connects when a balancer takes it.</summary>
    /// <param name="options">The options; they are copied.</param>
    /// <param name="logger">Where to log; null for nowhere.</param>
    /// <param name="meterFactory">Who makes the meter <c>KiwiBalancer.Redis</c>; null for the one of this process.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">Options are outside their ranges; all of them are named.</exception>
    public RedisLimit(RedisLimitOptions options, ILogger? logger = null, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = RedisLimitCheck.Problems(options).ToArray();
        if (problems.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        _options = RedisLimitCheck.Copy(options);
        _logger = logger ?? NullLogger.Instance;
        _meters = meterFactory;
    }

    /// <summary>How this process stands with the engine.</summary>
    public RedisLimitStatus Status => Volatile.Read(ref _loop)?.Status ?? new RedisLimitStatus { Node = _node, Resource = _options.Resource, Problem = "no balancer has taken this source yet." };

    /// <summary>Gives the lease up: grants nothing any more, reports what runs until it has ended, and waits for that, but not longer than for one answer of an engine that does not give it.</summary>
    /// <returns>A task that ends then.</returns>
    public ValueTask DisposeAsync() => Volatile.Read(ref _loop)?.StopAsync() ?? ValueTask.CompletedTask;

    /// <summary>The same, without waiting.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    /// <inheritdoc/>
    void ILimitSource.Start(SourcedLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        var loop = new LeaseLoop(limit, _options, _node, new RedisLog(_logger, _options.Resource, limit.TimeProvider), RedisMeter.Of(_meters));
        if (Interlocked.CompareExchange(ref _loop, loop, null) is not null)
        {
            throw new InvalidOperationException("This source serves a balancer already; make another one.");
        }

        loop.Start();
    }

    /// <inheritdoc/>
    void ILimitSource.LimitConfigured(int wanted) => Volatile.Read(ref _loop)?.LimitConfigured(wanted);

    /// <inheritdoc/>
    void ILimitSource.DemandChanged() => Volatile.Read(ref _loop)?.DemandChanged();
}
