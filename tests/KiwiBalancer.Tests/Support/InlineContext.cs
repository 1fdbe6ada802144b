namespace KiwiBalancer.Tests.Support;

/// <summary>A synchronization context of a host that runs what is posted at once, on the thread that posts it.</summary>
internal sealed class InlineContext : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Has <paramref name="continuation"/> run inside the very call that completes the task.</summary>
    public static void OnCompletion<T>(ValueTask<T> task, Action continuation)
    {
        var before = Current;
        SetSynchronizationContext(new InlineContext());
        try
        {
            task.GetAwaiter().OnCompleted(continuation);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
