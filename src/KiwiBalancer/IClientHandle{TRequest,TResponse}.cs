namespace KiwiBalancer;

/// <summary>A client bound to a server. All members are safe to call from any thread.</summary>
/// <typeparam name="TRequest">What is sent to the server.</typeparam>
/// <typeparam name="TResponse">What the server answers.</typeparam>
public interface IClientHandle<TRequest, TResponse> : IClientHandle
{
    /// <summary>Sends a request to the server, waiting in this client's queue for a slot if need be.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">
    /// While the request waits, leaves the queue at once. While it runs, the token is handed to the server, and the call ends when the server's task has ended:
    /// a response that came all the same is returned.
    /// </param>
    /// <returns>The server's response. Await it once.</returns>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The cost of the request is outside 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    /// <remarks>Whatever the server throws is thrown here.</remarks>
    ValueTask<TResponse> SendAsync(TRequest request, CancellationToken cancellationToken = default);
}
