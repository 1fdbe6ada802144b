using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Stands in for the framework's type of this name: what is queued is run by an actor of its own, at any time later.</summary>
internal static class ThreadPool
{
    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem callBack, bool preferLocal)
    {
        Scheduler.Queue(callBack.Execute);
        return true;
    }

    public static bool UnsafeQueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal)
    {
        Scheduler.Queue(() => callBack(state));
        return true;
    }
}
