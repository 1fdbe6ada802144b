using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Diagnostics;

namespace KiwiBalancer.Workloads;

/// <summary>A stream made while slots are held: each enumeration takes them, makes the stream, and gives them back when the stream has been disposed.</summary>
internal sealed class SlotStream<TState, T>(ClientHandle client, Func<TState, CancellationToken, IAsyncEnumerable<T>> work, TState state, int cost, CancellationToken ofCall) : IAsyncEnumerable<T>
{
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var tokens = new CallTokens(client, ofCall, cancellationToken);
        var observation = client.Telemetry.IsObserved ? new RequestObservation(client, cost) : null;
        await TakeAsync(tokens, observation).ConfigureAwait(false);
        var place = -1;
        try
        {
            observation?.Granted();
            place = client.Engine.Running.Enter(client.Engine.Now());
            var stream = Open(tokens, observation);
            await using (stream.ConfigureAwait(false))
            {
                while (await MoveNextAsync(stream, tokens, observation).ConfigureAwait(false))
                {
                    yield return stream.Current;
                }
            }
        }
        finally
        {
            client.Engine.Running.Exit(place);
            client.Release(cost);
            observation?.Ended(tokens.IsCancelledByCaller);
        }
    }

    private async ValueTask TakeAsync(CallTokens tokens, RequestObservation? observation)
    {
        tokens.ThrowIfCancelledByCaller();
        var turn = RequestRunner.TakeOrWait(client, cost, WaiterKind.Request, tokens.Waiting);
        observation?.Waits(turn.IsCompleted);
        try
        {
            await turn.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            observation?.Failed(exception, tokens.IsCancelledByCaller);
            ThrowIfCancelled(exception, tokens);
            throw;
        }
    }

    private IAsyncEnumerator<T> Open(CallTokens tokens, RequestObservation? observation)
    {
        try
        {
            var running = tokens.Running;
            return work(state, running).GetAsyncEnumerator(running);
        }
        catch (Exception exception)
        {
            observation?.Breaks(exception);
            ThrowIfCancelled(exception, tokens);
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<T> stream, CallTokens tokens, RequestObservation? observation)
    {
        try
        {
            // A stream that does not heed its token ends at the next item all the same.
            tokens.ThrowIfCancelledByCaller();
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            observation?.Breaks(exception);
            ThrowIfCancelled(exception, tokens);
            throw;
        }
    }

    private static void ThrowIfCancelled(Exception exception, CallTokens tokens)
    {
        if (exception is OperationCanceledException)
        {
            tokens.ThrowIfCancelledByCaller();
        }
    }
}
