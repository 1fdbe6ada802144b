namespace KiwiBalancer;

// Workloads that are at hand.
public static partial class ClientHandleExtensions
{
    /// <summary>Sends a whole workload, however long. See <see cref="IClientHandle{TRequest, TResponse}.SendAllAsync"/>.</summary>
    /// <typeparam name="TRequest">What is sent to the server.</typeparam>
    /// <typeparam name="TResponse">What the server answers.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="workload">The requests, sent in their order. Pulled one at a time, never concurrently, on threads of the pool, and disposed at the end.</param>
    /// <param name="options">The window and what an error does; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the pulling, takes the waiting requests out of the queue and is handed to the server for the running ones; when these have ended, the enumeration throws.</param>
    /// <returns>The results, as they finish. Nothing is pulled before the first is asked for; each enumeration sends the workload anew.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="workload"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="SendAllOptions.MaxOutstanding"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call; or, thrown by the enumeration, before the workload had been sent to its end.</exception>
    public static IAsyncEnumerable<SendResult<TRequest, TResponse>> SendAllAsync<TRequest, TResponse>(
        this IClientHandle<TRequest, TResponse> client, IEnumerable<TRequest> workload, SendAllOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(workload);
        return client.SendAllAsync(workload.ToAsyncEnumerable(), options, cancellationToken);
    }
}
