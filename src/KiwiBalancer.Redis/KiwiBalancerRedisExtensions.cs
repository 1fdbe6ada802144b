using KiwiBalancer.Redis.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Lets a balancer of a container share its limit with other processes.</summary>
public static class KiwiBalancerRedisExtensions
{
    /// <summary>
    /// Makes the balancer's limit that of all processes with the same <see cref="RedisLimitOptions.Resource"/> together. <see cref="KiwiBalancerOptions.Limit"/> is what the whole fleet may hold; the process leases its part of it by weight and demand.
    /// The options are checked when the host starts, all at once, and read once: the limit, the weights and the bounds may change at run time, where the engine is may not.
    /// </summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="configure">Sets the options. Called again for the same balancer, the actions run one after another.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IKiwiBalancerBuilder AddRedisLimit(this IKiwiBalancerBuilder builder, Action<RedisLimitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(builder.Name, configure);
        return Add(builder);
    }

    /// <summary>The same with options from configuration. See <see cref="AddRedisLimit(IKiwiBalancerBuilder, Action{RedisLimitOptions})"/>.</summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="section">The section that holds the options, such as <c>Kiwi:Redis</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="section"/> is empty.</exception>
    public static IKiwiBalancerBuilder AddRedisLimit(this IKiwiBalancerBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        if (!section.GetChildren().Any())
        {
            var path = section is IConfigurationSection { Path: var where } ? $"'{where}'" : "given";
            throw new ArgumentException($"The configuration section {path} is empty, and a shared limit needs at least {nameof(RedisLimitOptions.Configuration)} and {nameof(RedisLimitOptions.Resource)}. Check the section's name.", nameof(section));
        }

        builder.Services.Configure<RedisLimitOptions>(builder.Name, options => section.Get<RedisLimitSection>()?.CopyTo(options));
        return Add(builder);
    }

    private static IKiwiBalancerBuilder Add(IKiwiBalancerBuilder builder)
    {
        var (services, name) = (builder.Services, builder.Name);
        services.AddOptions<RedisLimitOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisLimitOptions>, RedisLimitOptionsValidator>());
        if (name == Options.DefaultName)
        {
            services.TryAddSingleton(static provider => RedisLimits.Make(provider, Options.DefaultName));
            services.TryAddSingleton<ILimitSource>(static provider => provider.GetRequiredService<RedisLimit>());
        }
        else
        {
            services.TryAddKeyedSingleton(name, static (provider, key) => RedisLimits.Make(provider, (string)key!));
            services.TryAddKeyedSingleton<ILimitSource>(name, static (provider, key) => provider.GetRequiredKeyedService<RedisLimit>(key));
        }

        return builder;
    }
}
