using System.Diagnostics.Metrics;
using KiwiBalancer.Redis.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Lets a balancer of a container share its limit with other processes.</summary>
public static class KiwiBalancerRedisExtensions
{
    private const string Category = "KiwiBalancer.Redis";

    /// <summary>
    /// Makes the balancer's limit that of all processes with the same <see cref="RedisLimitOptions.Resource"/> together. <see cref="KiwiBalancerOptions.Limit"/> is what the whole fleet may hold; the process leases its part of it by weight and demand.
    /// </summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IKiwiBalancerBuilder AddRedisLimit(this IKiwiBalancerBuilder builder, Action<RedisLimitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<RedisLimitOptions>(builder.Name).Configure(configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisLimitOptions>, RedisLimitOptionsValidator>());
        if (builder.Name == Options.DefaultName)
        {
            builder.Services.TryAddSingleton(provider => Make(provider, Options.DefaultName));
            builder.Services.TryAddSingleton<ILimitSource>(static provider => provider.GetRequiredService<RedisLimit>());
        }
        else
        {
            builder.Services.TryAddKeyedSingleton(builder.Name, (provider, _) => Make(provider, builder.Name));
            builder.Services.TryAddKeyedSingleton<ILimitSource>(builder.Name, static (provider, name) => provider.GetRequiredKeyedService<RedisLimit>(name));
        }

        return builder;
    }

    private static RedisLimit Make(IServiceProvider provider, string name) => new(
        provider.GetRequiredService<IOptionsMonitor<RedisLimitOptions>>().Get(name),
        provider.GetService<ILoggerFactory>()?.CreateLogger(Category),
        provider.GetService<IMeterFactory>());
}
