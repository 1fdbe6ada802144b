using KiwiBalancer.Redis.DependencyInjection;
using KiwiBalancer.Redis.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KiwiBalancer;

/// <summary>Adds the health of shared limits to an application's.</summary>
public static class KiwiBalancerRedisHealthCheckExtensions
{
    /// <summary>Adds a check that is degraded while a balancer with <c>AddRedisLimit</c> has no lease, or while the engine has lost its memory and waits: it says why and what to do. With a live lease it is healthy.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="balancer">The balancer's name; empty for the default one.</param>
    /// <param name="name">The check's name. Default: <c>kiwibalancer.redis</c>, and for a named balancer <c>kiwibalancer.redis/name</c>.</param>
    /// <param name="tags">The check's tags.</param>
    /// <returns>The health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="balancer"/> is null.</exception>
    public static IHealthChecksBuilder AddKiwiBalancerRedis(this IHealthChecksBuilder builder, string balancer = "", string? name = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(balancer);
        name ??= balancer.Length == 0 ? "kiwibalancer.redis" : $"kiwibalancer.redis/{balancer}";
        return builder.Add(new HealthCheckRegistration(name, provider => new LeaseHealthCheck(RedisLimits.Get(provider, balancer)), HealthStatus.Degraded, tags));
    }
}
