using System.Runtime.CompilerServices;
using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Workloads;

namespace KiwiBalancer.Diagnostics;

/// <summary>The way of a request while somebody listens: the same steps as without, looked at from outside.</summary>
internal static class ObservedRequests
{
    public static ValueTask<TResult> Run<TWork, TResult>(ClientHandle client, int cost, TWork work, CancellationToken cancellationToken)
        where TWork : struct, IWork<TResult>
    {
        var observation = new RequestObservation(client, cost);
        var turn = RequestRunner.TakeOrWait(client, cost, WaiterKind.Request, cancellationToken);
        observation.Waits(turn.IsCompleted);
        return Watch(observation, RequestRunner.RunInTurn<ObservedWork<TWork, TResult>, TResult>(client, cost, new(work, observation), turn, cancellationToken), cancellationToken);
    }

    public static ValueTask<TResult> RunOfWorkload<TWork, TResult>(ClientHandle client, int cost, TWork work, CallTokens tokens)
        where TWork : struct, IWork<TResult>
    {
        var observation = new RequestObservation(client, cost);
        var turn = RequestRunner.TakeOrWait(client, cost, WaiterKind.WorkloadRequest, tokens.Waiting);
        observation.Waits(turn.IsCompleted);
        return Watch(observation, RequestRunner.RunInTurn<ObservedWork<TWork, TResult>, TResult>(client, cost, new(work, observation), turn, tokens), tokens.Waiting);
    }

    public static ValueTask<SlotLease> Acquire(ClientHandle client, int cost, WaiterKind kind, CancellationToken cancellationToken)
    {
        var observation = new RequestObservation(client, cost);
        var answer = LeaseRequests.TakeOrWait(client, cost, kind, cancellationToken);
        observation.Waits(answer.IsCompleted);
        return Watch(observation, answer, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<TResult> Watch<TResult>(RequestObservation observation, ValueTask<TResult> running, CancellationToken cancellationToken)
    {
        try
        {
            var result = await running.ConfigureAwait(false);
            observation.Completed();
            return result;
        }
        catch (Exception exception)
        {
            observation.Failed(exception, cancellationToken.IsCancellationRequested);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<SlotLease> Watch(RequestObservation observation, ValueTask<SlotLease> answer, CancellationToken cancellationToken)
    {
        SlotLease lease;
        try
        {
            lease = await answer.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            observation.Failed(exception, cancellationToken.IsCancellationRequested);
            throw;
        }

        if (lease.Rejection is { } rejection)
        {
            observation.Rejected(rejection);
        }
        else
        {
            observation.Granted();
            lease.EndsWith(observation);
        }

        return lease;
    }
}
