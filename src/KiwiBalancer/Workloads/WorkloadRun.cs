using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>One enumeration of a workload: a puller that sends while the window has room, the requests under way, and the results the reader takes. The protocol stands in this folder's README.</summary>
internal sealed class WorkloadRun<TRequest, TResponse>(Workload<TRequest, TResponse> workload, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly ClientHandle _client = workload.Handle.Client;
    private readonly CallTokens _tokens = new(workload.Handle.Client, workload.CancellationToken, cancellationToken);
    private readonly WorkloadWindow _window = new(workload.Handle.Client, workload.MaxOutstanding);

    // Has no bound of its own, because the window, which may change at any time, is its bound: a result in it has been pulled and not yielded.
    private readonly Channel<SendResult<TRequest, TResponse>> _results = Channel.CreateUnbounded<SendResult<TRequest, TResponse>>(new UnboundedChannelOptions { SingleReader = true });

    // Invariant: the puller and the requests it has sent that have not ended; at 0 the results are complete, and nothing of this run happens any more.
    // Written by: the puller (+1 a request, -1 at its end), each request (-1 when its result is written). Order: interlocked, so the last one sees what the others did.
    private int _open = 1;

    // The first error, which wins by compare-exchange; later ones follow from it as a rule.
    private ExceptionDispatchInfo? _failure;

    // Written by the puller before it counts itself out, read when the results are complete.
    private bool _isExhausted;

    public void Start() => _ = PullAsync();

    /// <summary>Whether there may be a result to take. Not after the caller has cancelled: the running ones are waited for at the end.</summary>
    public ValueTask<bool> WaitToReadAsync() => _tokens.IsCancelledByCaller ? new ValueTask<bool>(false) : _results.Reader.WaitToReadAsync(CancellationToken.None);

    /// <summary>Takes a result to be yielded now.</summary>
    public bool TryRead(out SendResult<TRequest, TResponse> result)
    {
        if (_tokens.IsCancelledByCaller || !_results.Reader.TryRead(out result))
        {
            result = default;
            return false;
        }

        _window.Yielded();
        return true;
    }

    /// <summary>Says why the results end before the workload does, if they do.</summary>
    public void ThrowIfIncomplete()
    {
        if (Volatile.Read(ref _isExhausted) && _window.IsEmpty && _failure is null)
        {
            return;
        }

        // A cancelled server may fail in any way; the caller who cancelled is told that.
        _tokens.ThrowIfCancelledByCaller();
        _failure?.Throw();
        _client.ThrowIfClosed();
    }

    /// <summary>Stops what is left and waits until all of it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_results.Reader.Completion.IsCompleted)
        {
            await _tokens.StopAsync().ConfigureAwait(false);
            while (await _results.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                _results.Reader.TryRead(out _);
            }
        }

        _tokens.Dispose();
    }

    private async Task PullAsync()
    {
        // Not on the reader's thread: it may have a synchronization context, and a workload or a server that never waits would keep it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var source = workload.Requests.GetAsyncEnumerator(_tokens.Pulling);
            await using (source.ConfigureAwait(false))
            {
                await PullAsync(source).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_tokens.Pulling.IsCancellationRequested)
        {
            // The reason is known already: the caller, an error, or a shutdown.
        }
        catch (Exception exception)
        {
            await FailAsync(exception).ConfigureAwait(false);
        }

        CountOut();
    }

    private async Task PullAsync(IAsyncEnumerator<TRequest> source)
    {
        for (var index = 0L; ; index++)
        {
            await _window.WaitForRoomAsync(_tokens.Pulling).ConfigureAwait(false);
            if (_client.IsClosed || _tokens.Pulling.IsCancellationRequested)
            {
                return;
            }

            if (!await source.MoveNextAsync().ConfigureAwait(false))
            {
                // A source that was told to stop, and ends, has not come to its end.
                _isExhausted = !_tokens.Pulling.IsCancellationRequested;
                return;
            }

            var request = source.Current;
            _window.Pulled();
            Interlocked.Increment(ref _open);
            _ = SendAsync(request, index);
        }
    }

    private async Task SendAsync(TRequest request, long index)
    {
        var isAccepted = false;
        try
        {
            // In line before it waits: that is what sends the requests in the order of the workload.
            var answer = workload.Handle.SendOfWorkload(request, _tokens);
            isAccepted = true;
            _results.Writer.TryWrite(new(request, index, await answer.ConfigureAwait(false)));
        }
        catch (ObjectDisposedException) when (!isAccepted && !workload.ContinueOnError && _client.IsClosed)
        {
            // Closed in this instant: those accepted before go on, and the end says why there are no more.
        }
        catch (Exception exception) when (workload.ContinueOnError)
        {
            _results.Writer.TryWrite(new(request, index, exception));
        }
        catch (Exception exception)
        {
            await FailAsync(exception).ConfigureAwait(false);
        }

        CountOut();
    }

    private Task FailAsync(Exception exception) =>
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null) is null && !workload.ContinueOnError
            ? _tokens.StopWaitingAsync()
            : Task.CompletedTask;

    private void CountOut()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _results.Writer.TryComplete();
        }
    }
}
