namespace KiwiBalancer;

/// <summary>What is protected: a server that must never run more than its limit of requests at once.</summary>
/// <typeparam name="TRequest">What is sent to the server.</typeparam>
/// <typeparam name="TResponse">What the server answers.</typeparam>
/// <remarks>
/// Implementations must be safe to call from many threads at once; the balancer calls at most as many at a time as its limit allows.
/// A slot is free again only when the returned task has ended, so a server that ignores its token keeps its slot.
/// </remarks>
public interface IServer<in TRequest, TResponse>
{
    /// <summary>Processes one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Fires when the caller cancels, when the client or its balancer is shut down by force, or when a shared limit is lost and what runs is to end with it.</param>
    /// <returns>The response. Whatever it throws reaches the caller of <c>SendAsync</c> unchanged.</returns>
    ValueTask<TResponse> ProcessAsync(TRequest request, CancellationToken cancellationToken);
}
