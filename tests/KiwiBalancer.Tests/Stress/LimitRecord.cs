namespace KiwiBalancer.Tests.Stress;

/// <summary>
/// Knows how many slots may be in flight while the limit does not change: the limit, or what was in flight when it was lowered below that. A writer's version (odd while it changes the limit) lets a reader
/// tell that its sample was taken between two changes.
/// </summary>
internal sealed class LimitRecord(Balancer balancer)
{
    private readonly Lock _lock = new();
    private long _version;
    private int _limit = balancer.Limit;
    private int _allowed = balancer.Limit;
    private long _checked;

    /// <summary>How many samples told something.</summary>
    public long Checked => Interlocked.Read(ref _checked);

    public void Set(int limit)
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _version);
            balancer.Limit = limit;

            // From here on in-flight only falls until it is under the limit, so nobody may see more than this.
            Volatile.Write(ref _limit, limit);
            Volatile.Write(ref _allowed, Math.Max(limit, balancer.Engine.Ledger.Read().InFlight));
            Interlocked.Increment(ref _version);
        }
    }

    /// <summary>Samples the word, and holds it and the server's own count against the limit.</summary>
    public void Check(Func<int> runningAtServer)
    {
        var version = Interlocked.Read(ref _version);
        var (limit, allowed) = (Volatile.Read(ref _limit), Volatile.Read(ref _allowed));
        var word = balancer.Engine.Ledger.Read();
        var running = runningAtServer();
        if ((version & 1) == 0 && Interlocked.Read(ref _version) == version)
        {
            Assert.Equal(limit, word.Limit);
            Assert.True(word.InFlight <= allowed, $"{word.InFlight} in flight, {allowed} allowed by limit {limit}.");
            Assert.True(running <= allowed, $"{running} at the server, {allowed} allowed by limit {limit}.");
            Interlocked.Increment(ref _checked);
        }
    }
}
