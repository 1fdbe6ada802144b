using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;

namespace KiwiBalancer;

/// <summary>Clients as rate limiters, for every host that takes one: ASP.NET Core's <c>UseRateLimiter</c>, YARP, Polly, HTTP resilience.</summary>
public static class RateLimitingExtensions
{
    // One limiter for a client and cost, so that its counts go on, and that a partition made of it is always the same one.
    private static readonly ConditionalWeakTable<IClientHandle, ConcurrentDictionary<int, ClientRateLimiter>> Limiters = [];

    /// <summary>The client as a rate limiter: a permit is <paramref name="cost"/> slots, a request that cannot be granted waits in the client's queue.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cost">The slots a permit takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <returns>The limiter, the same one each time. Disposing it does nothing: the client stays registered, and the limiter can still be used.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is below 1.</exception>
    /// <remarks>
    /// <see cref="RateLimiter.AcquireAsync"/> waits in the client's queue, in order, and is refused when the queue is full, the wait takes too long, or the client is disposed (also if that was before the call): the lease then
    /// carries <see cref="MetadataName.ReasonPhrase"/>, <see cref="KiwiMetadataName.Reason"/> and, if it is known, <see cref="MetadataName.RetryAfter"/>. <see cref="RateLimiter.AttemptAcquire"/> never waits and never passes
    /// a request that waits. No permits asked for: the lease says whether (or, with <see cref="RateLimiter.AcquireAsync"/>, comes when) a permit could be had, and holds none. More slots than
    /// <see cref="KiwiBalancerOptions.MaxCost"/> asked for: an <see cref="ArgumentOutOfRangeException"/>.
    /// The statistics count queued and available permits of the client, whoever uses it (a queued request that did not come through this limiter counts as one permit), and leases of this limiter. All members are safe to call from any thread.
    /// </remarks>
    public static RateLimiter AsRateLimiter(this IClientHandle client, int cost = 1)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        return Limiters.GetOrCreateValue(client).GetOrAdd(cost, static (cost, client) => new ClientRateLimiter(client, cost), client);
    }

    /// <summary>The client as a partition, for a policy that chooses one by request: of <c>RateLimiterOptions.AddPolicy</c> or <c>PartitionedRateLimiter.Create</c>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cost">The slots a permit takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <returns>The partition. Its limiter is that of <see cref="AsRateLimiter"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is below 1.</exception>
    public static RateLimitPartition<RateLimiter> AsRateLimitPartition(this IClientHandle client, int cost = 1) =>
        RateLimitPartition.Get(client.AsRateLimiter(cost), static limiter => limiter);

    /// <summary>The partition of the client with a given name, or of one that all others share: names that callers make up do not make partitions.</summary>
    /// <param name="balancer">The balancer.</param>
    /// <param name="client">The client's name, as the request has it; null if the request has none.</param>
    /// <param name="otherwise">The client in whose name all other requests are made.</param>
    /// <param name="cost">The slots a permit takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</param>
    /// <returns>The partition. A client registered later, by a reload for one, has its own from then on.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="balancer"/> or <paramref name="otherwise"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is below 1.</exception>
    public static RateLimitPartition<RateLimiter> GetRateLimitPartition(this IBalancer balancer, string? client, IClientHandle otherwise, int cost = 1)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        ArgumentNullException.ThrowIfNull(otherwise);
        return (client is not null && balancer.TryGetClient(client, out var known) ? known : otherwise).AsRateLimitPartition(cost);
    }
}
