using System.Collections.Concurrent;

namespace KiwiBalancer.Soak;

/// <summary>A synchronization context of one thread, as a window has, with callers of its own: whatever is posted to it runs there and nowhere else.</summary>
internal sealed class OneThreadContext : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Runs <paramref name="work"/> on a thread of its own, with all that follows from it.</summary>
    public static Task Run(Func<Task> work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            var context = new OneThreadContext();
            SetSynchronizationContext(context);
            var all = work();
            _ = all.ContinueWith(_ => context._posted.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            foreach (var (callback, state) in context._posted.GetConsumingEnumerable())
            {
                callback(state);
            }

            ended.SetFromTask(all);
        })
        { IsBackground = true };
        thread.Start();
        return ended.Task;
    }
}
