using KiwiBalancer.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Adds balancers to a service collection.</summary>
public static class KiwiBalancerServiceCollectionExtensions
{
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
        return BalancerServices.Add(services, Options.DefaultName, configure);
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
        return BalancerServices.Add(services, name, configure);
    }
}
