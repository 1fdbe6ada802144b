using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer;

/// <summary>
/// Serves in batches: the requests that wait when a batch starts form it, their clients share the slots by weight until all of them are done, and later requests wait for the next batch.
/// </summary>
/// <remarks>
/// Towards the end of a batch slots may idle. Choose it when what came first must be done first, all of it, and clients within it share fairly.
/// All members are safe to call from any thread.
/// </remarks>
public sealed class BatchBalancer : Balancer
{
    /// <summary>Creates a balancer with defaults for everything but the limit.</summary>
    /// <param name="limit">The slots that may be held at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public BatchBalancer(int limit)
        : this(OptionsCheck.OfLimit(limit))
    {
    }

    /// <summary>Creates a balancer from options, and registers the clients in them.</summary>
    /// <param name="options">The options; they are copied. <see cref="KiwiBalancerOptions.Strategy"/> is not read.</param>
    /// <param name="timeProvider">The clock for timeouts and turns; null for the system's.</param>
    /// <param name="logger">Where to log; null for nowhere.</param>
    /// <param name="meterFactory">Whose meter <c>KiwiBalancer</c> to measure with; null for the one of this process.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public BatchBalancer(KiwiBalancerOptions options, TimeProvider? timeProvider = null, ILogger? logger = null, IMeterFactory? meterFactory = null)
        : base(options, static _ => new BatchPolicy(), timeProvider, logger, meterFactory)
    {
    }
}
