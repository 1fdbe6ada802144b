using System.Diagnostics.CodeAnalysis;

namespace KiwiBalancer;

/// <summary>Shares the slots of one server among registered clients. All members are safe to call from any thread.</summary>
/// <remarks>
/// Disposal: <see cref="IAsyncDisposable.DisposeAsync"/> takes no more requests, lets the accepted ones finish, and returns when all have ended;
/// after <see cref="KiwiBalancerOptions.ShutdownTimeout"/> (counted from the first disposal) waiters are rejected with
/// <see cref="RejectionReason.BalancerClosed"/> and running requests cancelled by token, and after 5 s more it returns anyway.
/// <see cref="IDisposable.Dispose"/> closes, rejects and cancels at once and does not wait. Both may be called again, in either order.
/// </remarks>
public interface IBalancer : IAsyncDisposable, IDisposable
{
    /// <summary>The balancer's name, for logs and snapshots.</summary>
    string Name { get; }

    /// <summary>The slots that may be held at once, 0 or more. Setting it takes effect at once: 0 pauses (requests wait), a lower value lets in-flight drain, nothing running is lost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    /// <exception cref="ObjectDisposedException">Set after disposal began.</exception>
    int Limit { get; set; }

    /// <summary>Whether disposal began: the balancer takes no more clients, requests or settings.</summary>
    bool IsDisposed { get; }

    /// <summary>Registers a client.</summary>
    /// <param name="client">The client's name, weight and bounds. A client without a name is given one (<c>client-1</c>, <c>client-2</c>, …).</param>
    /// <returns>The client's handle. Disposing it ends the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    /// <exception cref="ArgumentException">A live client has that name already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="client"/> is outside its range.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    IClientHandle Register(BalancerClientOptions client);

    /// <summary>Finds a live client by name (ordinal comparison).</summary>
    /// <param name="name">The client's name.</param>
    /// <param name="client">The client's handle, if there is one.</param>
    /// <returns>Whether a client of that name is registered and not disposed. After disposal of the balancer (<see cref="IsDisposed"/>) there is none.</returns>
    bool TryGetClient(string name, [NotNullWhen(true)] out IClientHandle? client);

    /// <summary>Applies what differs between <paramref name="options"/> and the options applied last, so that a limit set in code since then is not undone.</summary>
    /// <param name="options">The new options. <see cref="KiwiBalancerOptions.Strategy"/> and <see cref="KiwiBalancerOptions.Name"/> cannot change.</param>
    /// <exception cref="ArgumentException">A value is outside its range, or one that cannot change has changed; nothing was applied.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    void Reconfigure(KiwiBalancerOptions options);

    /// <summary>What the balancer is doing now. Limit and in-flight are one atomic read; the numbers of the clients are exact when nothing moves.</summary>
    /// <returns>A copy that does not change any more. Works after disposal too.</returns>
    BalancerSnapshot GetSnapshot();
}
