namespace KiwiBalancer;

/// <summary>A registered client: a claimant on the server's slots. All members are safe to call from any thread.</summary>
/// <remarks>
/// <para>Requests of one client are granted in the order it sent them.</para>
/// <para>
/// Disposal: <see cref="IAsyncDisposable.DisposeAsync"/> takes no more requests, lets the accepted ones finish and returns when they have;
/// <see cref="IDisposable.Dispose"/> also rejects the waiting ones (<see cref="RejectionReason.ClientClosed"/>), cancels the running ones by token, and does not wait.
/// Both may be called again, in either order. A handle owned by a container only closes its door, in both: its balancer does the rest.
/// </para>
/// </remarks>
public interface IClientHandle : IAsyncDisposable, IDisposable
{
    /// <summary>The client's name, unique among the live clients of its balancer.</summary>
    string Name { get; }

    /// <summary>The client's relative claim, 1 to 1,000,000. Setting it takes effect at once, for waiting requests too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    /// <exception cref="ObjectDisposedException">Set after disposal began.</exception>
    int Weight { get; set; }

    /// <summary>Slots this client holds now.</summary>
    int InFlight { get; }

    /// <summary>Requests of this client that wait now.</summary>
    int Waiting { get; }

    /// <summary>
    /// How many slots this client could take now without waiting: none while requests wait that it may not pass. A glance, which may be wrong a moment later; with <see cref="SingleClientBalancer"/> and
    /// <see cref="BatchBalancer"/>, whose turns it does not know, the slots that are free.
    /// </summary>
    int Available { get; }

    /// <summary>Applies new weight, cap, bounds and timeout, for waiting requests too. The name cannot change: it must be null or the same.</summary>
    /// <param name="options">The new options.</param>
    /// <exception cref="ArgumentException">A value is outside its range, or the name differs; nothing was applied.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    void Reconfigure(BalancerClientOptions options);

    /// <summary>Takes one slot if it can be had now. Never waits, never overtakes a waiter.</summary>
    /// <param name="lease">The slot; holds nothing when the answer is false.</param>
    /// <returns>Whether a slot was taken.</returns>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    bool TryAcquire(out SlotLease lease);

    /// <summary>Takes <paramref name="cost"/> slots if they can be had now. Never waits, never overtakes a waiter.</summary>
    /// <param name="cost">The slots to take, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="lease">The slots; holds nothing when the answer is false.</param>
    /// <returns>Whether the slots were taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    bool TryAcquire(int cost, out SlotLease lease);

    /// <summary>Takes one slot, waiting in this client's queue if need be. Dispose the lease to give it back.</summary>
    /// <param name="cancellationToken">Leaves the queue. It does nothing once the lease is had.</param>
    /// <returns>The lease. Await it once.</returns>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled while waiting; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    ValueTask<SlotLease> AcquireAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes <paramref name="cost"/> slots, waiting in this client's queue if need be. Dispose the lease to give them back.</summary>
    /// <param name="cost">The slots to take, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>. While the limit is below it the request waits and others pass it.</param>
    /// <param name="cancellationToken">Leaves the queue. It does nothing once the lease is had.</param>
    /// <returns>The lease. Await it once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="BalancerRejectedException">The queue is full, the wait took too long, or the client or its balancer closed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled while waiting; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    ValueTask<SlotLease> AcquireAsync(int cost, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="AcquireAsync(int, CancellationToken)"/>, but a rejection is a value: the lease holds nothing and carries <see cref="SlotLease.Rejection"/>.</summary>
    /// <param name="cost">The slots to take, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <param name="cancellationToken">Leaves the queue. It does nothing once the lease is had.</param>
    /// <returns>The lease, or the rejection in it. Await it once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled while waiting; it carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began before the call.</exception>
    ValueTask<SlotLease> AcquireOrRejectAsync(int cost = 1, CancellationToken cancellationToken = default);
}
