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

    /// <summary>Sends a whole workload, however long, as fast as this client's share allows, and yields the results as they finish.</summary>
    /// <param name="workload">
    /// The requests, sent in their order. Pulled one at a time, never concurrently, on threads of the pool, and disposed at the end. It is given a token that fires when pulling is over before the workload is;
    /// the enumeration waits for the pull under way, so a workload that may wait for long should heed it.
    /// </param>
    /// <param name="options">The window and what an error does; null for the defaults.</param>
    /// <param name="cancellationToken">
    /// Stops the pulling, takes the waiting requests out of the queue and is handed to the server for the running ones. When these have ended, the enumeration throws; results not yet yielded are dropped.
    /// The token of the enumerator (<c>WithCancellation</c>) does the same.
    /// </param>
    /// <returns>The results. Nothing is pulled before the first is asked for; each enumeration sends the workload anew.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="workload"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="SendAllOptions.MaxOutstanding"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call; or, thrown by the enumeration, before the workload had been sent to its end.</exception>
    /// <exception cref="OperationCanceledException">Thrown by the enumeration: the caller cancelled; it carries the caller's token.</exception>
    /// <exception cref="BalancerRejectedException">Thrown by the enumeration: a request that waited was dropped at shutdown (<see cref="RejectionReason.ClientClosed"/> or <see cref="RejectionReason.BalancerClosed"/>).</exception>
    /// <remarks>
    /// <para>
    /// Requests pulled and not yet yielded never exceed <see cref="SendAllOptions.MaxOutstanding"/>, plus the result in the reader's hands. Those that wait do not count for the bounds of the queue
    /// and are neither pushed out nor timed out: a workload pulls less instead.
    /// </para>
    /// <para>
    /// Without <see cref="SendAllOptions.ContinueOnError"/>, at the first error (a request's, or the workload's own) the pulling stops, the waiting requests leave the queue and the running ones end; their responses
    /// are still yielded, then that error is thrown, and later ones are dropped. With it, failed requests are results; an error of the workload's own is thrown when all that was pulled has been yielded.
    /// </para>
    /// <para>
    /// Leaving the loop early (disposing the enumerator) does what cancelling does and returns when the running requests have ended: every slot is back then, if the server ends what it is told to end.
    /// When the client is disposed, what was pulled still finishes and is yielded before the exception.
    /// </para>
    /// </remarks>
    IAsyncEnumerable<SendResult<TRequest, TResponse>> SendAllAsync(IAsyncEnumerable<TRequest> workload, SendAllOptions? options = null, CancellationToken cancellationToken = default);
}
