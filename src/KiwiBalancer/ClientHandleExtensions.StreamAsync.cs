using KiwiBalancer.Workloads;

namespace KiwiBalancer;

// Streams that hold a slot to their end.
public static partial class ClientHandleExtensions
{
    /// <summary>Streams what <paramref name="work"/> yields, holding one slot from before the work is called to the end of the enumeration: the tokens of a language model, the rows of a query.</summary>
    /// <typeparam name="T">What the stream yields.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">Makes the stream. Called once an enumeration, when the slot is held.</param>
    /// <param name="cancellationToken">Leaves the queue; once the stream runs, it is handed to the work, and no further item is asked for. The token of the enumerator (<c>WithCancellation</c>) does the same.</param>
    /// <returns>The stream. Nothing happens before the first item is asked for; each enumeration waits for a slot of its own.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="BalancerRejectedException">Thrown by the enumeration: the queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">Thrown by the enumeration: the caller cancelled; it carries the caller's token.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call; or, thrown by the enumeration, before it began.</exception>
    /// <remarks>
    /// The slot is given back when the enumerator is disposed, which <c>await foreach</c> does at the end, on <c>break</c> and on an exception; it comes after the work's own enumerator has been disposed.
    /// A reader that is slow holds its slot as long as it reads. The work's token also fires when the client is shut down by force, or its limit source calls off what runs. Whatever the work throws is thrown here.
    /// </remarks>
    public static IAsyncEnumerable<T> StreamAsync<T>(this IClientHandle client, Func<CancellationToken, IAsyncEnumerable<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return client.StreamAsync(static (work, token) => work(token), work, 1, cancellationToken);
    }

    /// <summary>Streams what <paramref name="work"/> yields, holding <paramref name="cost"/> slots. See <see cref="StreamAsync{T}(IClientHandle, Func{CancellationToken, IAsyncEnumerable{T}}, CancellationToken)"/>.</summary>
    /// <typeparam name="TState">What the work works on.</typeparam>
    /// <typeparam name="T">What the stream yields.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">Makes the stream. Called once an enumeration, when the slots are held.</param>
    /// <param name="state">What is handed to the work, so that it need not be captured.</param>
    /// <param name="cost">The slots the stream takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="cancellationToken">Leaves the queue; once the stream runs, it is handed to the work, and no further item is asked for. The token of the enumerator does the same.</param>
    /// <returns>The stream. Nothing happens before the first item is asked for; each enumeration waits for slots of its own.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="BalancerRejectedException">Thrown by the enumeration: the queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">Thrown by the enumeration: the caller cancelled; it carries the caller's token.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call; or, thrown by the enumeration, before it began.</exception>
    public static IAsyncEnumerable<T> StreamAsync<TState, T>(this IClientHandle client, Func<TState, CancellationToken, IAsyncEnumerable<T>> work, TState state, int cost = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(work);
        var own = Unwrap(client);
        own.CheckCost(cost);
        own.ThrowIfClosed();
        return new SlotStream<TState, T>(own, work, state, cost, cancellationToken);
    }
}
