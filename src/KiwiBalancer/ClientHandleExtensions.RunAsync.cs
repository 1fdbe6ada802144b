using KiwiBalancer.Clients;

namespace KiwiBalancer;

// Running a piece of work in the name of a client.
public static partial class ClientHandleExtensions
{
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
    public static ValueTask<TResult> RunAsync<TResult>(this IClientHandle client, Func<CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken = default) =>
        client.RunAsync(work, 1, cancellationToken);

    /// <summary>Runs a piece of work that takes <paramref name="cost"/> slots, waiting in the client's queue for them if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slots are free again when its task has ended.</param>
    /// <param name="cost">The slots the work takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>What the work gives. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask<TResult> RunAsync<TResult>(this IClientHandle client, Func<CancellationToken, ValueTask<TResult>> work, int cost, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(work);
        return RequestRunner.Run<DelegateWork<TResult>, TResult>(Unwrap(client), cost, new(work), cancellationToken);
    }

    /// <summary>Runs a piece of work that takes one slot, waiting in the client's queue for it if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <typeparam name="TState">What the work works on.</typeparam>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slot is free again when its task has ended. As a static lambda it allocates nothing if a slot is free.</param>
    /// <param name="state">What is handed to the work, so that it need not be captured.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>What the work gives. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask<TResult> RunAsync<TState, TResult>(this IClientHandle client, Func<TState, CancellationToken, ValueTask<TResult>> work, TState state, CancellationToken cancellationToken = default) =>
        client.RunAsync(work, state, 1, cancellationToken);

    /// <summary>Runs a piece of work that takes <paramref name="cost"/> slots, waiting in the client's queue for them if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <typeparam name="TState">What the work works on.</typeparam>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slots are free again when its task has ended. As a static lambda it allocates nothing if the slots are free.</param>
    /// <param name="state">What is handed to the work, so that it need not be captured.</param>
    /// <param name="cost">The slots the work takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>What the work gives. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask<TResult> RunAsync<TState, TResult>(this IClientHandle client, Func<TState, CancellationToken, ValueTask<TResult>> work, TState state, int cost, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(work);
        return RequestRunner.Run<StateWork<TState, TResult>, TResult>(Unwrap(client), cost, new(work, state), cancellationToken);
    }

    /// <summary>Runs a piece of work without a result that takes one slot, waiting in the client's queue for it if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slot is free again when its task has ended.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>The end of the work. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask RunAsync(this IClientHandle client, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken = default) =>
        client.RunAsync(work, 1, cancellationToken);

    /// <summary>Runs a piece of work without a result that takes <paramref name="cost"/> slots, waiting in the client's queue for them if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slots are free again when its task has ended.</param>
    /// <param name="cost">The slots the work takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>The end of the work. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask RunAsync(this IClientHandle client, Func<CancellationToken, ValueTask> work, int cost, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(work);
        return NoResult.Drop(RequestRunner.Run<SilentWork, NoResult>(Unwrap(client), cost, new(work), cancellationToken));
    }

    /// <summary>Runs a piece of work without a result that takes one slot, waiting in the client's queue for it if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <typeparam name="TState">What the work works on.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slot is free again when its task has ended. As a static lambda it allocates nothing if a slot is free.</param>
    /// <param name="state">What is handed to the work, so that it need not be captured.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>The end of the work. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask RunAsync<TState>(this IClientHandle client, Func<TState, CancellationToken, ValueTask> work, TState state, CancellationToken cancellationToken = default) =>
        client.RunAsync(work, state, 1, cancellationToken);

    /// <summary>Runs a piece of work without a result that takes <paramref name="cost"/> slots, waiting in the client's queue for them if need be. See <see cref="IClientHandle{TRequest, TResponse}.SendAsync"/>.</summary>
    /// <typeparam name="TState">What the work works on.</typeparam>
    /// <param name="client">A client registered with a balancer of this library.</param>
    /// <param name="work">The work. The slots are free again when its task has ended. As a static lambda it allocates nothing if the slots are free.</param>
    /// <param name="state">What is handed to the work, so that it need not be captured.</param>
    /// <param name="cost">The slots the work takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="cancellationToken">Leaves the queue; once the work runs, it is handed to the work.</param>
    /// <returns>The end of the work. Await it once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="client"/> was not made by a balancer of this library.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    public static ValueTask RunAsync<TState>(this IClientHandle client, Func<TState, CancellationToken, ValueTask> work, TState state, int cost, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(work);
        return NoResult.Drop(RequestRunner.Run<SilentStateWork<TState>, NoResult>(Unwrap(client), cost, new(work, state), cancellationToken));
    }
}
