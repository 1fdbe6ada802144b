using System.Diagnostics.CodeAnalysis;
using KiwiBalancer.Clients;
using KiwiBalancer.DependencyInjection;

namespace KiwiBalancer;

/// <summary>Adds servers and clients to a balancer in a service collection. The order of the calls does not matter.</summary>
public static class KiwiBalancerBuilderExtensions
{
    /// <summary>
    /// Adds a server that the balancer's slots protect: <see cref="IBalancer{TRequest, TResponse}"/>, keyed like the balancer, and an <see cref="IClientHandle{TRequest, TResponse}"/> for each client of it.
    /// Two servers on one balancer share its slots. The server is a singleton; for a named balancer, one that is registered under the balancer's name as its key comes first.
    /// </summary>
    /// <typeparam name="TServer">The server.</typeparam>
    /// <typeparam name="TRequest">What is sent to it.</typeparam>
    /// <typeparam name="TResponse">What it answers.</typeparam>
    /// <param name="builder">The balancer's builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another server of the balancer has the same types of request and response; a handle could not tell them apart.</exception>
    public static IKiwiBalancerBuilder AddServer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TServer, TRequest, TResponse>(this IKiwiBalancerBuilder builder)
        where TServer : class, IServer<TRequest, TResponse>
    {
        ArgumentNullException.ThrowIfNull(builder);
        BalancerServices.Of(builder).AddServer<TServer, TRequest, TResponse>();
        return builder;
    }

    /// <summary>
    /// Adds a client: an <see cref="IClientHandle"/> keyed by the client's name, <c>"billing"</c>, or for a named balancer by both names, <c>"gpu/billing"</c>;
    /// and an <see cref="IClientHandle{TRequest, TResponse}"/> with the same key for each server. One client is underneath all of them. The container owns it, so disposing a handle only closes its door.
    /// </summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="name">The client's name. A client that was added before, or that <see cref="KiwiBalancerOptions.Clients"/> has by then, stays as it is.</param>
    /// <param name="weight">The client's relative claim, 1 to 1,000,000.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is outside its range.</exception>
    /// <exception cref="InvalidOperationException">A client of another balancer has the same key.</exception>
    public static IKiwiBalancerBuilder AddClient(this IKiwiBalancerBuilder builder, string name, int weight)
    {
        OptionsCheck.CheckWeight(weight, nameof(weight));
        return builder.AddClient(name, client => client.Weight = weight);
    }

    /// <summary>Adds a client of weight 1. See <see cref="AddClient(IKiwiBalancerBuilder, string, int)"/>.</summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="name">The client's name. A client that was added before, or that <see cref="KiwiBalancerOptions.Clients"/> has by then, stays as it is.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A client of another balancer has the same key.</exception>
    public static IKiwiBalancerBuilder AddClient(this IKiwiBalancerBuilder builder, string name) => builder.AddClient(name, static _ => { });

    /// <summary>Adds a client with more than a weight. See <see cref="AddClient(IKiwiBalancerBuilder, string, int)"/>.</summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="name">The client's name. A client that was added before, or that <see cref="KiwiBalancerOptions.Clients"/> has by then, stays as it is.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A client of another balancer has the same key.</exception>
    public static IKiwiBalancerBuilder AddClient(this IKiwiBalancerBuilder builder, string name, Action<BalancerClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        BalancerServices.Of(builder).AddClient(name, configure);
        return builder;
    }
}
