namespace KiwiBalancer.Interleavings.Tests.Stages;

/// <summary>A clock of milliseconds that moves when it is told to, and rings its timers then, on the thread that moves it.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly List<VirtualTimer> _timers = [];
    private long _now = 1_000;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);

        // Shutdown makes one as well, on a thread that is no actor.
        if (period == Timeout.InfiniteTimeSpan && dueTime == Timeout.InfiniteTimeSpan)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Advance(int milliseconds)
    {
        _now += milliseconds;
        foreach (var timer in _timers.Where(timer => timer.Due <= _now).ToArray())
        {
            timer.Ring();
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, Action ring) : ITimer
    {
        public long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock._now + (long)dueTime.TotalMilliseconds;
            return true;
        }

        public void Ring()
        {
            Due = long.MaxValue;
            ring();
        }

        public void Dispose() => Due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
