using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer;

/// <summary>
/// Gives each freed slot to the next waiting client in turn; weights are ignored.
/// </summary>
/// <remarks>
/// It never leaves a slot idle while a request waits that fits; a request wider than what is free keeps its turn, and the free slots are kept for it.
/// Choose it when requests are alike and every client counts the same: turns are fair by requests, not by slot-seconds.
/// All members are safe to call from any thread.
/// </remarks>
public sealed class RoundRobinBalancer : Balancer
{
    /// <summary>Creates a balancer with defaults for everything but the limit.</summary>
    /// <param name="limit">The slots that may be held at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public RoundRobinBalancer(int limit)
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
    public RoundRobinBalancer(KiwiBalancerOptions options, TimeProvider? timeProvider = null, ILogger? logger = null, IMeterFactory? meterFactory = null)
        : base(options, static _ => new RoundRobinPolicy(), timeProvider, logger, meterFactory)
    {
    }
}
