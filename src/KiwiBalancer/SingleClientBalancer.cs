using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer;

/// <summary>
/// Gives one client at a time the whole server; the others wait in order of arrival.
/// </summary>
/// <remarks>
/// A turn ends when its client has had neither waiters nor slots for <see cref="KiwiBalancerOptions.IdleGrace"/>, after <see cref="KiwiBalancerOptions.MaxRequestsPerTurn"/> requests once they have ended,
/// or when the client is disposed and has nothing left. What the client leaves idle stays idle: choose it for servers that must not mix clients (a licence, a model to load, one client's data in a cache).
/// All members are safe to call from any thread.
/// </remarks>
public sealed class SingleClientBalancer : Balancer
{
    /// <summary>Creates a balancer with defaults for everything but the limit.</summary>
    /// <param name="limit">The slots that may be held at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public SingleClientBalancer(int limit)
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
    public SingleClientBalancer(KiwiBalancerOptions options, TimeProvider? timeProvider = null, ILogger? logger = null, IMeterFactory? meterFactory = null)
        : base(options, static options => new SingleClientPolicy(TurnRules.From(options)), timeProvider, logger, meterFactory)
    {
    }
}
