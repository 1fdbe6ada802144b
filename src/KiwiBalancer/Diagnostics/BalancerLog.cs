using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KiwiBalancer.Diagnostics;

/// <summary>What one balancer has to say. Never called inside the grant loop.</summary>
internal sealed class BalancerLog(ILogger logger, string balancer, TimeProvider timeProvider)
{
    /// <summary>Rejections come in storms: they are counted, and told of once in this time.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly long _quietTicks = (long)(Quiet.TotalSeconds * timeProvider.TimestampFrequency);

    // Invariant: rejections nobody has been told of. Written by: any thread, interlocked.
    private int _rejections;

    // Invariant: when a rejection may be told of again. Written by: whoever tells, by a compare-exchange that one of many wins.
    private long _tellAt = long.MinValue;

    public static BalancerLog Silent { get; } = new(NullLogger.Instance, "", TimeProvider.System);

    public void LimitChanged(int from, int to)
    {
        if (from != to)
        {
            Log.LimitChanged(logger, balancer, from, to);
        }
    }

    public void WeightChanged(string client, int from, int to)
    {
        if (from != to)
        {
            Log.WeightChanged(logger, balancer, client, from, to);
        }
    }

    public void Rejected(BalancerRejection rejection)
    {
        Interlocked.Increment(ref _rejections);
        var now = timeProvider.GetTimestamp();
        var tellAt = Volatile.Read(ref _tellAt);
        if (now >= tellAt && Interlocked.CompareExchange(ref _tellAt, now + _quietTicks, tellAt) == tellAt)
        {
            Log.Rejected(logger, balancer, Interlocked.Exchange(ref _rejections, 0), rejection.Client, rejection.Reason, rejection.QueueLength, rejection.ClientQueueLength);
        }
    }

    public void ShutdownForced(int waiting, int inFlight) => Log.ShutdownForced(logger, balancer, waiting, inFlight);

    public void StillRunning(int slots, double seconds) => Log.StillRunning(logger, balancer, slots, seconds);

    public void InvalidReload(Exception exception) => Log.InvalidReload(logger, exception, balancer);
}
