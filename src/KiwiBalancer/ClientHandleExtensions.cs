using KiwiBalancer.Clients;

namespace KiwiBalancer;

/// <summary>Binds a client to a server, or runs a piece of work in its name.</summary>
public static class ClientHandleExtensions
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

    /// <summary>Runs a piece of work that takes one slot, waiting in the client's queue for it if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slot is free again when its task has ended.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>What the work gives. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask<TResult> RunAsync<TResult>(this IClientHandle client, Func<CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(work);
        return RequestRunner.Run<DelegateWork<TResult>, TResult>(Unwrap(client), 1, new(work), cancellationToken);
    }

    private static ClientHandle Unwrap(IClientHandle client) => client switch
    {
        ClientHandle own => own,
        IBoundClient bound => bound.Client,
        _ => throw new ArgumentException($"The client is a {client.GetType()}, which no balancer of this library made; use a handle that IBalancer.Register returned.", nameof(client)),
    };
}
