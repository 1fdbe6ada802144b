namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>A request to one of a fixed number of workers: how channels and blocks answer a caller.</summary>
public sealed class QueuedCall(Work? work, CancellationToken cancellationToken) : TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private static readonly Action<object?> Cancel = static call => ((QueuedCall)call!).OnCancelled();

    /// <summary>Ends as the work does, or when the caller cancels before it has begun.</summary>
    public async ValueTask<int> Answer()
    {
        using var registration = cancellationToken.UnsafeRegister(Cancel, this);
        return await Task;
    }

    public async Task RunAsync()
    {
        if (Task.IsCompleted)
        {
            return;
        }

        try
        {
            TrySetResult(work is null ? 1 : await work.RunAsync(cancellationToken));
        }
        catch (Exception exception)
        {
            TrySetException(exception);
        }
    }

    private void OnCancelled() => TrySetCanceled(cancellationToken);
}
