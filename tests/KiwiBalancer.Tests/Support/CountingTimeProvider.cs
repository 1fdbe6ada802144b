namespace KiwiBalancer.Tests.Support;

/// <summary>Counts what is asked of another clock.</summary>
internal sealed class CountingTimeProvider(TimeProvider inner) : TimeProvider
{
    private int _readings;
    private int _timers;

    /// <summary>How often the time was read.</summary>
    public int Readings => Volatile.Read(ref _readings);

    /// <summary>How many timers were made.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _readings);
        return inner.GetTimestamp();
    }

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _readings);
        return inner.GetUtcNow();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return inner.CreateTimer(callback, state, dueTime, period);
    }
}
