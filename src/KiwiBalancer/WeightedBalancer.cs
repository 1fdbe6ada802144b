using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer;

/// <summary>
/// Shares one server's slots among clients in proportion to weight, at every instant (weighted max-min fairness): a client that wants less than its part gets all it wants, and what it leaves
/// is shared by the others; a newcomer is served at once; a freed slot is handed on the moment it frees.
/// </summary>
/// <remarks>
/// Sources of the algorithm: earliest eligible virtual deadline first (Stoica and Abdel-Wahab, 1995), eligibility as in WF2Q+ (Bennett and Zhang, 1996), on slot-seconds really used.
/// All members are safe to call from any thread.
/// </remarks>
public sealed class WeightedBalancer : Balancer
{
    /// <summary>Creates a balancer with defaults for everything but the limit.</summary>
    /// <param name="limit">The slots that may be held at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public WeightedBalancer(int limit)
        : this(OptionsCheck.OfLimit(limit))
    {
    }

    /// <summary>Creates a balancer from options, and registers the clients in them.</summary>
    /// <param name="options">The options; they are copied. <see cref="KiwiBalancerOptions.Strategy"/> is not read.</param>
    /// <param name="timeProvider">The clock for fairness and timeouts; null for the system's.</param>
    /// <param name="logger">Where to log; null for nowhere.</param>
    /// <param name="meterFactory">Whose meter <c>KiwiBalancer</c> to measure with; null for the one of this process.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public WeightedBalancer(KiwiBalancerOptions options, TimeProvider? timeProvider = null, ILogger? logger = null, IMeterFactory? meterFactory = null)
        : base(options, static _ => new WeightedPolicy(), timeProvider, logger, meterFactory)
    {
    }
}
