using System.Collections.Concurrent;

namespace KiwiBalancer.Tests.Support;

/// <summary>A synchronization context of one thread, as a user interface has: what is posted runs there, one after another.</summary>
internal sealed class PumpContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();

    public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

    /// <summary>Runs <paramref name="work"/> on a thread of its own with this context, to its end.</summary>
    public static Task Run(Func<Task> work) => Task.Factory.StartNew(
        () =>
        {
            var context = new PumpContext();
            SetSynchronizationContext(context);
            var task = work();
            while (!task.IsCompleted)
            {
                Eventually.True(() => context.RunNext() || task.IsCompleted, "the work ends");
            }

            return task;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).Unwrap();

    private bool RunNext()
    {
        if (!_posted.TryDequeue(out var next))
        {
            return false;
        }

        next.Callback(next.State);
        return true;
    }
}
