namespace KiwiBalancer;

/// <summary>
/// Where a balancer's limit comes from, if not from its options: a lease of a limit that several processes share, or a measurement. A source says how many slots may be held and until when; it reads what the clients want.
/// Given to a balancer with <see cref="Balancer.UseLimitSource"/>, or as a service of the container, keyed by the balancer's name for a named one.
/// </summary>
/// <remarks>
/// Implemented by packages such as KiwiBalancer.Redis and called by the balancer: no member may throw, block, or call back into the balancer except through the <see cref="SourcedLimit"/> it was given.
/// <see cref="IAsyncDisposable.DisposeAsync"/> gives up what the source holds; the balancer calls it when its last request has ended, or will not, and may call it again.
/// </remarks>
public interface ILimitSource : IAsyncDisposable
{
    /// <summary>A balancer takes this source. Nothing is granted until the source has said so.</summary>
    /// <param name="limit">The balancer's limit, to be set from now on, from any thread.</param>
    void Start(SourcedLimit limit);

    /// <summary>Another limit was configured: by <see cref="IBalancer.Limit"/>, <see cref="IBalancer.Reconfigure"/> or a reload. It is for the source to make of it what is right.</summary>
    /// <param name="wanted">The configured limit, 0 or more.</param>
    void LimitConfigured(int wanted);

    /// <summary>Somebody has to wait, was refused by <see cref="IClientHandle.TryAcquire(out SlotLease)"/>, or has returned slots while somebody waits. Called from any thread, often and from several at once: it must be quick.</summary>
    void DemandChanged();
}
