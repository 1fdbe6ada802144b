using KiwiBalancer.Clients;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>One timer a balancer: rings the grant loop when the earliest queue deadline has come. Made when the first waiter with a deadline arrives.</summary>
internal sealed class QueueTimer(BalancerEngine engine, GrantLoop loop) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // Invariant: the deadline the timer is set for, or an earlier one; MaxValue when it has fired, or could not be set, and nobody has set it since.
    // Written by: the one thread that is arming, and the timer's callback. Order: volatile; if the two cross, the timer rings once too often, never too late,
    // because the callback rings after it, and whoever makes that round arms again.
    private long _setFor = long.MaxValue;

    // Invariant: 0: nobody is arming. Otherwise one thread is, and looks again for each that came meanwhile. Written by interlocked operations.
    private int _arming;

    // Written by: the timer by the one thread that is arming; the flag by Dispose. Order: the arming count passes the timer on; a timer made in the instant of the disposal rings at most once more, for nobody.
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Sees to it that the timer is set for the earliest deadline or before. Never inside the grant loop: the timer is the host's code.</summary>
    public void Arm()
    {
        if (loop.Due >= Volatile.Read(ref _setFor) || Interlocked.Increment(ref _arming) != 1)
        {
            return;
        }

        var seen = 1;
        do
        {
            var due = loop.Due;
            if (due < Volatile.Read(ref _setFor) && !Volatile.Read(ref _isDisposed))
            {
                Volatile.Write(ref _setFor, due);
                try
                {
                    Set(due);
                }
                catch (Exception)
                {
                    // The host's clock failed. Whoever rings here has no part in it; the next ring tries again.
                    Volatile.Write(ref _setFor, long.MaxValue);
                }
            }

            seen = Interlocked.Add(ref _arming, -seen);
        }
        while (seen != 0);
    }

    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _timer?.Dispose();
    }

    private void Set(long due)
    {
        _timer ??= engine.TimeProvider.CreateTimer(static state => ((QueueTimer)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Delay(due), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        Volatile.Write(ref _setFor, long.MaxValue);
        loop.Leave(new ExpireNote());
        loop.Run(engine.NowOrLast());
    }

    private TimeSpan Delay(long due)
    {
        // Rounded up to whole milliseconds, which timers count in: one that rings early finds nobody due.
        var delay = engine.TimeProvider.GetElapsedTime(engine.NowOrLast(), due);
        return delay <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1)
            : delay >= Longest ? Longest
            : TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
    }
}
