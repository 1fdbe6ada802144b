using System.Runtime.CompilerServices;

namespace KiwiBalancer.Clients;

/// <summary>The result of work that gives none.</summary>
internal readonly struct NoResult
{
    /// <summary>A task without a result as one with.</summary>
    public static ValueTask<NoResult> From(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            return Await(task);
        }

        // Asked for all the same: a pooled source goes back when its result is taken.
        task.GetAwaiter().GetResult();
        return default;
    }

    /// <summary>And back.</summary>
    public static ValueTask Drop(ValueTask<NoResult> task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            return Await(task);
        }

        task.GetAwaiter().GetResult();
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<NoResult> Await(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Await(ValueTask<NoResult> task) => await task.ConfigureAwait(false);
}
