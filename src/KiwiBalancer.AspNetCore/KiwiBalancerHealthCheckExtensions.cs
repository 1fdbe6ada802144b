using KiwiBalancer.Gateways;
using KiwiBalancer.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Adds the health of balancers to an application's.</summary>
public static class KiwiBalancerHealthCheckExtensions
{
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(1);

    /// <summary>Adds a check that is degraded when the balancer's backlog has been above a part of its bound for a while. It needs no gateway.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="balancer">The balancer's name; empty for the default one.</param>
    /// <param name="configure">Sets the options, once.</param>
    /// <param name="name">The check's name. Default: <c>kiwibalancer</c>, and for a named balancer <c>kiwibalancer/name</c>.</param>
    /// <param name="tags">The check's tags.</param>
    /// <returns>The health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="balancer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static IHealthChecksBuilder AddKiwiBalancer(
        this IHealthChecksBuilder builder, string balancer = "", Action<KiwiBalancerHealthOptions>? configure = null, string? name = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(balancer);
        var options = new KiwiBalancerHealthOptions();
        configure?.Invoke(options);
        Check(options, nameof(configure));
        name ??= balancer.Length == 0 ? "kiwibalancer" : $"kiwibalancer/{balancer}";
        var key = $"{typeof(BacklogWatch).FullName}/{name}";
        builder.Services.AddKeyedSingleton(key, (provider, _) => new BacklogWatch(
            GatewayFactory.GetBalancer(provider, balancer),
            new BacklogBound(balancer, provider.GetRequiredService<IOptionsMonitor<KiwiBalancerOptions>>()),
            options,
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<BacklogWatch>(key));
        return builder.Add(new HealthCheckRegistration(
            name, provider => new BacklogHealthCheck(provider.GetRequiredKeyedService<BacklogWatch>(key), options), HealthStatus.Degraded, tags));
    }

    private static void Check(KiwiBalancerHealthOptions options, string configure)
    {
        if (options.BacklogPart is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(configure, options.BacklogPart, "BacklogPart must be 0 to 1; it is a part of MaxQueueLength.");
        }

        if (options.Duration < TimeSpan.Zero || options.Duration > LongestDuration)
        {
            throw new ArgumentOutOfRangeException(configure, options.Duration, "Duration must be zero to a day.");
        }
    }
}
