namespace KiwiBalancer.Tests.Support;

/// <summary>Notes for what its timers, another clock's, are set, and whether they were disposed.</summary>
internal sealed class TimerLogClock(TimeProvider inner) : TimeProvider
{
    /// <summary>The delays that timers were set for, in that order.</summary>
    public List<TimeSpan> Delays { get; } = [];

    /// <summary>Timers made and not disposed.</summary>
    public int Alive { get; private set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Alive++;
        return new Logged(this, inner.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Logged(TimerLogClock log, ITimer inner) : ITimer
    {
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            log.Delays.Add(dueTime);
            return inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            log.Alive -= _isDisposed ? 0 : 1;
            _isDisposed = true;
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
