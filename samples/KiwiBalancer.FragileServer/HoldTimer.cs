using System.Diagnostics;

namespace KiwiBalancer.Fragile;

/// <summary>Ends waits at most a millisecond or so late.</summary>
/// <remarks>
/// The runtime's timers count in ticks of a coarse clock, and end 1.5 ms late on average and 6 ms at worst. That would make the 7 ms requests
/// of a trace at speed 120 a quarter longer. A monitor's timeout is exact, and costs one thread for all requests.
/// </remarks>
internal sealed class HoldTimer
{
    private readonly object _monitor = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waits = new();

    public HoldTimer() => new Thread(Run) { IsBackground = true, Name = "hold timer" }.Start();

    /// <summary>Waits for that long, never shorter.</summary>
    public Task WaitAsync(TimeSpan time)
    {
        // Continuations run on the pool: the thread of the timer goes straight on to the next wait.
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long due = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        lock (_monitor)
        {
            _waits.Enqueue(wait, due);
            if (_waits.Peek() == wait)
            {
                Monitor.Pulse(_monitor);
            }
        }

        return wait.Task;
    }

    private void Run()
    {
        lock (_monitor)
        {
            while (true)
            {
                if (!_waits.TryPeek(out TaskCompletionSource? wait, out long due))
                {
                    Monitor.Wait(_monitor);
                }
                else if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                {
                    Monitor.Wait(_monitor, (int)Math.Min(int.MaxValue, Math.Ceiling(early.TotalMilliseconds)));
                }
                else
                {
                    _waits.Dequeue();
                    wait.SetResult();
                }
            }
        }
    }
}
