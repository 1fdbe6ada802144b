namespace KiwiBalancer.Soak;

/// <summary>
/// How many slots may be in use while the limit does not change: the limit, or what was in use when it was lowered below that. A version, odd while the limit is being changed, tells a reader that its sample was taken
/// between two changes.
/// </summary>
internal sealed class LimitWatch(IBalancer balancer)
{
    private readonly Lock _lock = new();
    private long _version;
    private int _allowed = balancer.Limit;
    private int _highest = balancer.Limit;
    private long _changes;
    private long _samples;

    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>Samples that told something.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <summary>The highest limit there was.</summary>
    public int Highest => Volatile.Read(ref _highest);

    public void Set(int limit)
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _version);
            Volatile.Write(ref _highest, Math.Max(_highest, limit));
            balancer.Limit = limit;
            Volatile.Write(ref _allowed, Math.Max(limit, balancer.GetSnapshot().InFlight));
            _changes++;
            Interlocked.Increment(ref _version);
        }
    }

    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Check(Func<int> inUse)
    {
        var version = Interlocked.Read(ref _version);
        var allowed = Volatile.Read(ref _allowed);
        var used = inUse();
        if ((version & 1) != 0 || Interlocked.Read(ref _version) != version)
        {
            return null;
        }

        Interlocked.Increment(ref _samples);
        return used > allowed ? $"{used} slots in use at the server, {allowed} allowed" : null;
    }
}
