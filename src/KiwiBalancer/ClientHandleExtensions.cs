using KiwiBalancer.Clients;

namespace KiwiBalancer;

/// <summary>Binds a client to a server, or runs a piece of work in its name.</summary>
public static partial class ClientHandleExtensions
{
    /// <summary>Binds a client to a server. The slots stay the client's: binding it to two servers gives it two ways to use one share.</summary>
    /// <typeparam name="TRequest">What is sent to the server.</typeparam>
    /// <typeparam name="TResponse">What the server answers.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="server">The server.</param>
    /// <param name="cost">The slots a request takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>; null for 1 each.</param>
    /// <returns>A handle that sends. Disposing it disposes the client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="server"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    public static IClientHandle<TRequest, TResponse> For<TRequest, TResponse>(this IClientHandle client, IServer<TRequest, TResponse> server, Func<TRequest, int>? cost = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(server);
        return new BoundClientHandle<TRequest, TResponse>(Unwrap(client), server, cost);
    }

    /// <summary>Binds a client to a server given as a delegate. See <see cref="For{TRequest, TResponse}(IClientHandle, IServer{TRequest, TResponse}, Func{TRequest, int}?)"/>.</summary>
    /// <typeparam name="TRequest">What is sent to the server.</typeparam>
    /// <typeparam name="TResponse">What the server answers.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="process">Processes one request. See <see cref="IServer{TRequest, TResponse}.ProcessAsync"/>.</param>
    /// <param name="cost">The slots a request takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>; null for 1 each.</param>
    /// <returns>A handle that sends. Disposing it disposes the client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="process"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    public static IClientHandle<TRequest, TResponse> For<TRequest, TResponse>(this IClientHandle client, Func<TRequest, CancellationToken, ValueTask<TResponse>> process, Func<TRequest, int>? cost = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        return client.For(new DelegateServer<TRequest, TResponse>(process), cost);
    }

    private static ClientHandle Unwrap(IClientHandle client) => client switch
    {
        ClientHandle own => own,
        IBoundClient bound => bound.Client,
        _ => throw new ArgumentException($"The client is a {client.GetType()}, which no balancer of this library made; use a handle that IBalancer.Register returned.", nameof(client)),
    };
}
