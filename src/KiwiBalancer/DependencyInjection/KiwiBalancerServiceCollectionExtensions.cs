using KiwiBalancer.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Adds balancers to a service collection.</summary>
public static class KiwiBalancerServiceCollectionExtensions
{
    /// <summary>Adds the default balancer; its options are configured elsewhere. See <see cref="AddKiwiBalancer(IServiceCollection, Action{KiwiBalancerOptions})"/>.</summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder for servers and clients.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IKiwiBalancerBuilder AddKiwiBalancer(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return BalancerServices.Add(services, Options.DefaultName);
    }

    /// <summary>Adds a balancer with a name; its options are configured elsewhere. See <see cref="AddKiwiBalancer(IServiceCollection, string, Action{KiwiBalancerOptions})"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The balancer's name.</param>
    /// <returns>A builder for servers and clients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IKiwiBalancerBuilder AddKiwiBalancer(this IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return BalancerServices.Add(services, name);
    }

    /// <summary>
    /// Adds the default balancer with options from configuration, and its <c>Clients</c> as keyed services. When the configuration changes the balancer follows: limit, weights, bounds, clients added and removed; what runs goes on.
    /// An invalid change is logged, and the last good options stay in force. See <see cref="AddKiwiBalancer(IServiceCollection, Action{KiwiBalancerOptions})"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>A builder for servers and clients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="section"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A client of another balancer has the same key as one of the section.</exception>
    public static IKiwiBalancerBuilder AddKiwiBalancer(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Bind(services, Options.DefaultName, section);
    }

    /// <summary>Adds a balancer with a name and options from configuration. See <see cref="AddKiwiBalancer(IServiceCollection, IConfiguration)"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The balancer's name.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>A builder for servers and clients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="section"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A client of another balancer has the same key as one of the section.</exception>
    public static IKiwiBalancerBuilder AddKiwiBalancer(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Bind(services, name, section);
    }

    /// <summary>
    /// Adds the default balancer, as <see cref="IBalancer"/>, and as <see cref="WeightedBalancer"/> if <see cref="KiwiBalancerOptions.Strategy"/> is left as it is. It is built when it is first resolved, and its options are checked then.
    /// It uses the <see cref="TimeProvider"/> and the logger factory of the container, if there are any.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options. <see cref="KiwiBalancerOptions.Limit"/> is required. Called again for the same balancer, the actions run one after another.</param>
    /// <returns>A builder for servers and clients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IKiwiBalancerBuilder AddKiwiBalancer(this IServiceCollection services, Action<KiwiBalancerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return BalancerServices.Add(services, Options.DefaultName);
    }

    /// <summary>Adds a balancer with a name, as <see cref="IBalancer"/> keyed by that name. See <see cref="AddKiwiBalancer(IServiceCollection, Action{KiwiBalancerOptions})"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The balancer's name, which its named options have as well. <see cref="KiwiBalancerOptions.Name"/> is set to it before <paramref name="configure"/> runs.</param>
    /// <param name="configure">Sets the options. <see cref="KiwiBalancerOptions.Limit"/> is required. Called again for the same balancer, the actions run one after another.</param>
    /// <returns>A builder for servers and clients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IKiwiBalancerBuilder AddKiwiBalancer(this IServiceCollection services, string name, Action<KiwiBalancerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = BalancerServices.Add(services, name);
        services.Configure(name, configure);
        return builder;
    }

    private static IKiwiBalancerBuilder Bind(IServiceCollection services, string name, IConfiguration section)
    {
        // All that can be refused is refused before anything is registered.
        ArgumentNullException.ThrowIfNull(section);
        if (!section.GetChildren().Any())
        {
            var path = section is IConfigurationSection { Path: var where } ? $"'{where}'" : "given";
            throw new ArgumentException($"The configuration section {path} is empty, and a balancer needs at least {nameof(KiwiBalancerOptions.Limit)}. Check the section's name.", nameof(section));
        }

        var clients = section.GetSection(nameof(KiwiBalancerOptions.Clients)).GetChildren().Select(client => client.Key).ToArray();
        foreach (var client in clients)
        {
            BalancerServices.ThrowIfTaken(services, name, client);
        }

        var builder = BalancerServices.Add(services, name);
        services.Configure<KiwiBalancerOptions>(name, section);
        foreach (var client in clients)
        {
            BalancerServices.Of(builder).AddClientKey(client);
        }

        return builder;
    }
}
