using System.Runtime.CompilerServices;

namespace KiwiBalancer.Outgoing;

/// <summary>
/// A caller that has chosen to block its thread. Whoever grants wakes it directly: by way of the thread pool, where continuations go otherwise, it would wait for a thread that nobody has when all of them are blocked like it.
/// </summary>
internal sealed class BlockedCaller : SynchronizationContext
{
    // All that is ever posted here is the end of one wait.
    private static readonly BlockedCaller Context = new();

    public static T WaitFor<T>(ValueTask<T> answer)
    {
        var awaiter = answer.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            // A task rather than an event, because the pool makes up for a thread that waits for one.
            var decided = new TaskCompletionSource();
            Register(awaiter, decided.SetResult);
            decided.Task.Wait();
        }

        return awaiter.GetResult();
    }

    public override void Post(SendOrPostCallback d, object? state) => d(state);

    private static void Register<T>(ValueTaskAwaiter<T> awaiter, Action wake)
    {
        var before = Current;
        SetSynchronizationContext(Context);
        try
        {
            awaiter.UnsafeOnCompleted(wake);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
