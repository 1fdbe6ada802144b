namespace KiwiBalancer.Clients;

/// <summary>
/// A token that fires with any of several: that of a running request with the caller's and with its client's. Unlike that of a linked source, its end never waits for callbacks:
/// those are the server's code, and one of them may be waiting for this very request.
/// </summary>
internal sealed class RequestCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _first;
    private readonly CancellationTokenRegistration _second;
    private readonly CancellationTokenRegistration _third;

    public RequestCancellation(CancellationToken first, CancellationToken second, CancellationToken third = default)
    {
        _first = Follow(first);
        _second = Follow(second);
        _third = Follow(third);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Fires the token. What callbacks throw belongs to nobody here.</summary>
    // Not Cancel(): callbacks are the server's code and the workload's, and may block.
    public async Task CancelAsync() => await _source.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose()
    {
        // Unregister, never Dispose: Dispose blocks until a running callback ends. A source that fires, or is about to, is left to the garbage collector.
        if (IsForgotten(_first) & IsForgotten(_second) & IsForgotten(_third))
        {
            _source.Dispose();
        }
    }

    private static bool IsForgotten(CancellationTokenRegistration registration) => registration.Token == CancellationToken.None || registration.Unregister();

    private CancellationTokenRegistration Follow(CancellationToken token) =>
        token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
}
