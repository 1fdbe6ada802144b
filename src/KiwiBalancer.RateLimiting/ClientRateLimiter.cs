using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;

namespace KiwiBalancer;

/// <summary>
/// A client as a rate limiter, <paramref name="cost"/> slots a permit. It holds nothing of its own but counts, so a host may dispose it, as the framework does with a partition that is idle, and go on using it or another one.
/// </summary>
internal sealed class ClientRateLimiter(IClientHandle client, int cost) : RateLimiter
{
    // Invariant: when this limiter or its client was last seen in use. Written by: any thread that sees it. Order: volatile; the newest need not win, they are moments apart.
    private long _lastUsed = Stopwatch.GetTimestamp();
    private long _granted;
    private long _refused;

    // Invariant: the permits, less one for each request, of the requests that wait here: the client counts requests. Written by: whoever begins or ends to wait, interlocked.
    // Order: none with the client's count; statistics may be off by a request that comes or goes in that instant, and are never below 0.
    private long _permitsBeyondRequests;

    public override TimeSpan? IdleDuration
    {
        get
        {
            if (client.InFlight + client.Waiting > 0)
            {
                Used();
                return null;
            }

            return Stopwatch.GetElapsedTime(Volatile.Read(ref _lastUsed));
        }
    }

    /// <summary>Notes that the client is in use.</summary>
    public void Used() => Volatile.Write(ref _lastUsed, Stopwatch.GetTimestamp());

    public override RateLimiterStatistics GetStatistics() => new()
    {
        CurrentAvailablePermits = client.Available / cost,
        CurrentQueuedCount = Math.Max(0, client.Waiting + Volatile.Read(ref _permitsBeyondRequests)),
        TotalSuccessfulLeases = Volatile.Read(ref _granted),
        TotalFailedLeases = Volatile.Read(ref _refused),
    };

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        try
        {
            return client.TryAcquire(CostOf(permitCount), out var lease) ? Granted(lease, permitCount) : Refused(RefusedLease.NoSlot);
        }
        catch (ObjectDisposedException)
        {
            return Refused(RefusedLease.Closed);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooMany(permitCount);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        try
        {
            return Answer(client.AcquireOrRejectAsync(CostOf(permitCount), cancellationToken), permitCount);
        }
        catch (ObjectDisposedException)
        {
            // The client left while a host was still asking in its name: overload as far as the host is concerned, not a fault.
            return new ValueTask<RateLimitLease>(Refused(RefusedLease.Closed));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooMany(permitCount);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RateLimitLease> Answer(ValueTask<SlotLease> answer, int permitCount)
    {
        Used();
        var lease = permitCount == 1 || answer.IsCompleted ? await answer.ConfigureAwait(false) : await Wait(answer, permitCount).ConfigureAwait(false);
        return lease.Rejection is { } rejection ? Refused(new RefusedLease(rejection)) : Granted(lease, permitCount);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SlotLease> Wait(ValueTask<SlotLease> answer, int permitCount)
    {
        Interlocked.Add(ref _permitsBeyondRequests, permitCount - 1);
        try
        {
            return await answer.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Add(ref _permitsBeyondRequests, 1 - permitCount);
        }
    }

    private GrantedLease Granted(SlotLease lease, int permitCount)
    {
        Interlocked.Increment(ref _granted);
        Used();
        var granted = new GrantedLease(this, lease);
        if (permitCount == 0)
        {
            // Nothing was asked for but whether a slot could be had.
            granted.Dispose();
        }

        return granted;
    }

    private RefusedLease Refused(RefusedLease lease)
    {
        Interlocked.Increment(ref _refused);
        return lease;
    }

    private ArgumentOutOfRangeException TooMany(int permitCount) => new(
        nameof(permitCount), permitCount, $"{permitCount} permits of {cost} slots each are more than one request may take. Ask for fewer, or raise KiwiBalancerOptions.MaxCost (default: the limit).");

    /// <summary>The slots for so many permits; for none, those of one, which tell whether any could be had.</summary>
    private int CostOf(int permitCount) => (int)Math.Min((long)Math.Max(permitCount, 1) * cost, int.MaxValue);
}
