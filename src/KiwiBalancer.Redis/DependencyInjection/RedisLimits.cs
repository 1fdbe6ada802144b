using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Redis.DependencyInjection;

/// <summary>The shared limits of a container, one a balancer: made and found by the balancer's name.</summary>
internal static class RedisLimits
{
    private const string Category = "KiwiBalancer.Redis";

    public static RedisLimit Make(IServiceProvider provider, string name) => new(
        provider.GetRequiredService<IOptionsMonitor<RedisLimitOptions>>().Get(name),
        provider.GetService<ILoggerFactory>()?.CreateLogger(Category),
        provider.GetService<IMeterFactory>());

    /// <summary>The limit of a balancer, which is built if it was not yet: without it nobody takes a lease.</summary>
    public static RedisLimit Get(IServiceProvider provider, string name)
    {
        var isDefault = name == Options.DefaultName;
        var limit = isDefault ? provider.GetService<RedisLimit>() : provider.GetKeyedService<RedisLimit>(name);
        if (limit is null)
        {
            throw new InvalidOperationException(
                isDefault ? "The default balancer has no Redis limit: call AddKiwiBalancer(...).AddRedisLimit(...)." : $"Balancer '{name}' has no Redis limit: call AddKiwiBalancer(\"{name}\", ...).AddRedisLimit(...).");
        }

        _ = isDefault ? provider.GetRequiredService<IBalancer>() : provider.GetRequiredKeyedService<IBalancer>(name);
        return limit;
    }
}
