using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>A stream made while slots are held: each enumeration takes them, makes the stream, and gives them back when the stream has been disposed.</summary>
internal sealed class SlotStream<TState, T>(ClientHandle client, Func<TState, CancellationToken, IAsyncEnumerable<T>> work, TState state, int cost, CancellationToken ofCall) : IAsyncEnumerable<T>
{
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var tokens = new CallTokens(ofCall, cancellationToken, client.Stopping);
        await TakeAsync(tokens).ConfigureAwait(false);
        var place = -1;
        try
        {
            place = client.Engine.Running.Enter(client.Engine.Now());
            var stream = Open(tokens);
            await using (stream.ConfigureAwait(false))
            {
                while (await MoveNextAsync(stream, tokens).ConfigureAwait(false))
                {
                    yield return stream.Current;
                }
            }
        }
        finally
        {
            client.Engine.Running.Exit(place);
            client.Release(cost);
        }
    }

    private async ValueTask TakeAsync(CallTokens tokens)
    {
        tokens.ThrowIfCancelledByCaller();
        if (!client.TryTake(cost))
        {
            try
            {
                await Waiter.Enqueue(client, cost, WaiterKind.Request, tokens.Waiting).AsValueTask().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (tokens.IsCancelledByCaller)
            {
                tokens.ThrowIfCancelledByCaller();
            }
        }
    }

    private IAsyncEnumerator<T> Open(CallTokens tokens)
    {
        try
        {
            return work(state, tokens.Running).GetAsyncEnumerator(tokens.Running);
        }
        catch (OperationCanceledException) when (tokens.IsCancelledByCaller)
        {
            tokens.ThrowIfCancelledByCaller();
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<T> stream, CallTokens tokens)
    {
        // A stream that does not heed its token ends at the next item all the same.
        tokens.ThrowIfCancelledByCaller();
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tokens.IsCancelledByCaller)
        {
            tokens.ThrowIfCancelledByCaller();
            throw;
        }
    }
}
