using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>
/// What stops which part of a workload, or of a stream. Apart, because an error takes the waiting requests out of the queue and leaves the running ones be, and a forced shutdown cancels the running ones and rejects the waiting
/// ones, which a token that fires must not forestall.
/// </summary>
internal sealed class CallTokens : IDisposable
{
    private readonly CancellationToken _ofCall;
    private readonly CancellationToken _ofEnumeration;
    private readonly RequestCancellation _waiting;
    private readonly RequestCancellation _running;
    private readonly RequestCancellation _pulling;

    public CallTokens(CancellationToken ofCall, CancellationToken ofEnumeration, CancellationToken stopping)
    {
        _ofCall = ofCall;
        _ofEnumeration = ofEnumeration;
        _waiting = new RequestCancellation(ofCall, ofEnumeration);
        _running = new RequestCancellation(ofCall, ofEnumeration, stopping);
        _pulling = new RequestCancellation(_waiting.Token, _running.Token);
    }

    /// <summary>Fires when the caller cancels or has left, and at the first error.</summary>
    public CancellationToken Waiting => _waiting.Token;

    /// <summary>Fires when the caller cancels or has left, and when the client is shut down by force.</summary>
    public CancellationToken Running => _running.Token;

    /// <summary>Fires with either of them.</summary>
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
        await _running.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _pulling.Dispose();
        _running.Dispose();
        _waiting.Dispose();
    }
}
