using System.Runtime.CompilerServices;
using KiwiBalancer.Backlog;
using KiwiBalancer.Diagnostics;
using KiwiBalancer.Workloads;

namespace KiwiBalancer.Clients;

/// <summary>
/// Runs one piece of work while its slots are held: takes or waits, starts it, and gives the slots back when its task has really ended, before the caller hears of it.
/// </summary>
internal static class RequestRunner
{
    /// <summary>A request of <paramref name="client"/>. What the caller got wrong is thrown here and now; everything else is in the task.</summary>
    public static ValueTask<TResult> Run<TWork, TResult>(ClientHandle client, int cost, TWork work, CancellationToken cancellationToken)
        where TWork : struct, IWork<TResult>
    {
        client.CheckCost(cost);
        if (cancellationToken.CanBeCanceled || client.Telemetry.IsObserved || !client.TryTake(cost))
        {
            return RunOrWait<TWork, TResult>(client, cost, work, cancellationToken);
        }

        ValueTask<TResult> running;
        try
        {
            running = work.Start(client.Running);
        }
        catch (Exception exception)
        {
            client.Release(cost);
            return Fail<TResult>(exception);
        }

        if (!running.IsCompletedSuccessfully)
        {
            return Finish(client, cost, running);
        }

        client.Release(cost);
        return running;
    }

    // Apart from Run, so that the path of most requests has a small frame: to clear one for all of this took as long as one of its locked operations.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask<TResult> RunOrWait<TWork, TResult>(ClientHandle client, int cost, TWork work, CancellationToken cancellationToken)
        where TWork : struct, IWork<TResult>
    {
        if (cancellationToken.IsCancellationRequested)
        {
            client.ThrowIfClosed();
            return ValueTask.FromCanceled<TResult>(cancellationToken);
        }

        // In line before this call returns: that is what keeps a client's requests in order.
        return client.Telemetry.IsObserved
            ? ObservedRequests.Run<TWork, TResult>(client, cost, work, cancellationToken)
            : RunInTurn<TWork, TResult>(client, cost, work, TakeOrWait(client, cost, WaiterKind.Request, cancellationToken), cancellationToken);
    }

    /// <summary>A request of a workload, whose tokens serve all its requests. What the door refuses is thrown here and now; everything else is in the task.</summary>
    public static ValueTask<TResult> RunOfWorkload<TWork, TResult>(ClientHandle client, int cost, TWork work, CallTokens tokens)
        where TWork : struct, IWork<TResult>
    {
        client.CheckCost(cost);
        return client.Telemetry.IsObserved
            ? ObservedRequests.RunOfWorkload<TWork, TResult>(client, cost, work, tokens)
            : RunInTurn<TWork, TResult>(client, cost, work, TakeOrWait(client, cost, WaiterKind.WorkloadRequest, tokens.Waiting), tokens);
    }

    /// <summary>A task that ends when the slots are held. In line, if need be, before this returns.</summary>
    public static ValueTask TakeOrWait(ClientHandle client, int cost, WaiterKind kind, CancellationToken cancellationToken) =>
        client.TryTake(cost) ? default : Waiter.Enqueue(client, cost, kind, cancellationToken).AsValueTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<TResult> RunInTurn<TWork, TResult>(ClientHandle client, int cost, TWork work, ValueTask turn, CallTokens tokens)
        where TWork : struct, IWork<TResult>
    {
        await turn.ConfigureAwait(false);
        var place = RunningRequests.NoPlace;
        try
        {
            // Granted and called off in the same instant: the server need not hear of it.
            tokens.Waiting.ThrowIfCancellationRequested();
            var running = work.Start(tokens.Running);
            place = Note(client, running.IsCompleted);
            return await running.ConfigureAwait(false);
        }
        finally
        {
            End(client, cost, place);
        }
    }

    /// <summary>With a token that may be cancelled the server gets one that also fires when the client's own does.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<TResult> RunInTurn<TWork, TResult>(ClientHandle client, int cost, TWork work, ValueTask turn, CancellationToken cancellationToken)
        where TWork : struct, IWork<TResult>
    {
        await turn.ConfigureAwait(false);
        var place = RunningRequests.NoPlace;
        SharedCancellation? both = null;
        try
        {
            // Granted and cancelled in the same instant: the server need not hear of it.
            cancellationToken.ThrowIfCancellationRequested();
            both = cancellationToken.CanBeCanceled ? SharedCancellation.Enter(client, cancellationToken) : null;
            var running = work.Start(both?.Token ?? client.Running);
            place = Note(client, running.IsCompleted);
            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested && exception.CancellationToken != cancellationToken)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            both?.Dispose();
            End(client, cost, place);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<TResult> Finish<TResult>(ClientHandle client, int cost, ValueTask<TResult> running)
    {
        var place = Note(client, running.IsCompleted);
        try
        {
            return await running.ConfigureAwait(false);
        }
        finally
        {
            End(client, cost, place);
        }
    }

    // The server runs already: nothing here may throw before its end, or its slot would be given back too early. In the method that awaits the work, not in one of its own: a state machine less is 60 ns less.
    private static int Note(ClientHandle client, bool isCompleted) =>
        isCompleted ? RunningRequests.NoPlace : client.Engine.Running.Enter(client.Engine.NowOrLast());

    private static void End(ClientHandle client, int cost, int place)
    {
        client.Engine.Running.Exit(place);
        client.Release(cost);
    }

    /// <summary>As a task, like everything that goes wrong at the server.</summary>
    private static async ValueTask<TResult> Fail<TResult>(Exception exception)
    {
        await Task.FromException(exception).ConfigureAwait(false);
        return default!;
    }
}
