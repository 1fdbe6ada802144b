namespace KiwiBalancer.Clients;

/// <summary>
/// The token of one running request: fires with the caller's, and when the client is shut down by force. Unlike that of a linked source, its end never waits for callbacks: those are the server's code,
/// and one of them may be waiting for this very request.
/// </summary>
internal sealed class RequestCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _ofCaller;
    private readonly CancellationTokenRegistration _ofClient;

    public RequestCancellation(CancellationToken caller, CancellationToken client)
    {
        _ofCaller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _ofClient = client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        // Unregister, never Dispose: Dispose blocks until a running callback ends. A source that fires, or is about to, is left to the garbage collector.
        var isForgottenByCaller = _ofCaller.Unregister();
        if (_ofClient.Unregister() && isForgottenByCaller)
        {
            _source.Dispose();
        }
    }
}
