using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>
/// What stops which part of a workload, or of a stream. Apart, because an error takes the waiting requests out of the queue and leaves the running ones be, and a forced shutdown cancels the running ones and rejects the waiting
/// ones, which a token that fires must not forestall. A limit source that calls off what runs stops neither the waiting nor the pulling.
/// </summary>
internal sealed class CallTokens : IDisposable
{
    private readonly ClientHandle _client;
    private readonly CancellationToken _ofCall;
    private readonly CancellationToken _ofEnumeration;
    private readonly RequestCancellation _waiting;
    private readonly RequestCancellation _leaving;
    private readonly RequestCancellation _pulling;

    // Invariant: follows the client's token of what runs, that of today or an older one; older ones hang on it, since requests may still run with them.
    // Written by: a request that starts and finds an older one, by compare-exchange. Order: full fence.
    private RunningToken _running;

    public CallTokens(ClientHandle client, CancellationToken ofCall, CancellationToken ofEnumeration)
    {
        _client = client;
        _ofCall = ofCall;
        _ofEnumeration = ofEnumeration;
        _waiting = new RequestCancellation(ofCall, ofEnumeration);
        _leaving = new RequestCancellation(ofCall, ofEnumeration);
        _running = new RunningToken(older: null, _leaving.Token, client.Running);
        _pulling = new RequestCancellation(_waiting.Token, client.Stopping);
    }

    /// <summary>Fires when the caller cancels or has left, and at the first error.</summary>
    public CancellationToken Waiting => _waiting.Token;

    /// <summary>For a request that starts now: fires when the caller cancels or has left, and with the client's token of what runs.</summary>
    public CancellationToken Running
    {
        get
        {
            while (true)
            {
                var (seen, client) = (Volatile.Read(ref _running), _client.Running);
                if (seen.Followed == client)
                {
                    return seen.Token;
                }

                var made = new RunningToken(seen, _leaving.Token, client);
                if (Interlocked.CompareExchange(ref _running, made, seen) != seen)
                {
                    made.Dispose();
                }
            }
        }
    }

    /// <summary>Fires when nothing more is to be pulled: with <see cref="Waiting"/>, and when the client is shut down by force or has closed.</summary>
    public CancellationToken Pulling => _pulling.Token;

    public bool IsCancelledByCaller => _ofCall.IsCancellationRequested || _ofEnumeration.IsCancellationRequested;

    public void ThrowIfCancelledByCaller()
    {
        _ofCall.ThrowIfCancellationRequested();
        _ofEnumeration.ThrowIfCancellationRequested();
    }

    /// <summary>Calls off what is not running yet.</summary>
    public Task StopWaitingAsync() => _waiting.CancelAsync();

    /// <summary>The caller has left: stops everything.</summary>
    public async Task StopAsync()
    {
        // The waiting first: what the running ones give back is not for them any more.
        await StopWaitingAsync().ConfigureAwait(false);
        await _leaving.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _pulling.Dispose();
        for (var running = _running; running is not null; running = running.Older)
        {
            running.Dispose();
        }

        _leaving.Dispose();
        _waiting.Dispose();
    }
}
