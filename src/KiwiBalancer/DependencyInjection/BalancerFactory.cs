using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.DependencyInjection;

/// <summary>Makes what the container asks for.</summary>
internal static class BalancerFactory
{
    private const string Category = "KiwiBalancer";

    public static Balancer MakeBalancer(IServiceProvider provider, string name)
    {
        var factory = provider.GetRequiredService<IOptionsFactory<KiwiBalancerOptions>>();
        var options = factory.Create(name);
        var timeProvider = provider.GetService<TimeProvider>();
        var logger = provider.GetService<ILoggerFactory>()?.CreateLogger(Category);
        var meters = provider.GetService<IMeterFactory>();
        Balancer balancer = options.Strategy switch
        {
            BalancerStrategy.RoundRobin => new RoundRobinBalancer(options, timeProvider, logger, meters),
            BalancerStrategy.SingleClient => new SingleClientBalancer(options, timeProvider, logger, meters),
            BalancerStrategy.Batch => new BatchBalancer(options, timeProvider, logger, meters),
            _ => new WeightedBalancer(options, timeProvider, logger, meters),
        };
        balancer.EndsWith = new OptionsReload(balancer, name, factory, provider.GetServices<IOptionsChangeTokenSource<KiwiBalancerOptions>>(), balancer.Engine.Log);
        var source = name == Options.DefaultName ? provider.GetService<ILimitSource>() : provider.GetKeyedService<ILimitSource>(name);
        if (source is not null)
        {
            balancer.UseLimitSource(source);
        }

        return balancer;
    }

    /// <summary>The balancer itself, keyed by its name, or unkeyed if it is the default one.</summary>
    public static IBalancer GetBalancer(IServiceProvider provider, string name) => name == Options.DefaultName
        ? provider.GetRequiredService<IBalancer>()
        : provider.GetRequiredKeyedService<IBalancer>(name);

    public static WeightedBalancer GetWeighted(IServiceProvider provider, string name) => GetBalancer(provider, name) as WeightedBalancer
        ?? throw new InvalidOperationException($"Balancer '{name}' is not a {nameof(WeightedBalancer)}, because of its {nameof(KiwiBalancerOptions.Strategy)}; resolve {nameof(IBalancer)}.");

    public static TServer GetServer<TServer>(IServiceProvider provider, string name)
        where TServer : class =>
        (name == Options.DefaultName ? null : provider.GetKeyedService<TServer>(name)) ?? provider.GetRequiredService<TServer>();

    /// <summary>The client, which its balancer has registered from its options. The container owns it from here on.</summary>
    public static IClientHandle GetClient(IServiceProvider provider, string balancer, string name)
    {
        if (!GetBalancer(provider, balancer).TryGetClient(name, out var client))
        {
            throw new InvalidOperationException($"Client '{name}' was disposed, or its balancer was, before the container gave it to anyone.");
        }

        if (client is ClientHandle own)
        {
            own.IsOwnedByContainer = true;
        }

        return client;
    }
}
