namespace KiwiBalancer.Clients;

/// <summary>The tokens of a client: of what runs, and of those who would wait for it for ever.</summary>
internal sealed partial class ClientHandle
{
    // Invariant: made once, when first needed, and stays.
    // Written by: whoever makes it first, by compare-exchange. Order: full fence; who drains or stops the client writes the word first and then looks here.
    private CancellationTokenSource? _stopping;

    // Invariant: what requests start with. Fired, it stays until slots may be granted again: whoever was granted before starts cancelled.
    // Written by: whoever makes it first, and the limit source that takes a fired one away, by compare-exchange.
    // Order: full fences. It is taken away before the limit is raised, so who is granted by the new limit finds another. A forced end writes _forcedOut and then fires what is here; who takes away looks there afterwards: one of them sees the other.
    private CancellationTokenSource? _running;

    /// <summary>Fires when the client is shut down by force, and when it is closed and nothing of it runs any more, for those who hold no slot and would wait for ever.</summary>
    public CancellationToken Stopping => (Volatile.Read(ref _stopping) ?? Make(ref _stopping)).Token;

    /// <summary>For a request that starts: fires when the client is shut down by force, and when the limit source calls off what runs.</summary>
    public CancellationToken Running => (Volatile.Read(ref _running) ?? Make(ref _running)).Token;

    /// <summary>Cancels what runs, and whoever waits for this client to go on. It is closed already.</summary>
    public void CancelAll()
    {
        CancelRunning();
        Stop(Volatile.Read(ref _stopping) ?? Make(ref _stopping));
    }

    /// <summary>Cancels what runs, and what starts before <see cref="RenewRunning"/>.</summary>
    public void CancelRunning() => Stop(Volatile.Read(ref _running) ?? Make(ref _running));

    /// <summary>What starts from now on is not cancelled, unless the client has been shut down by force.</summary>
    public void RenewRunning()
    {
        if (Volatile.Read(ref _running) is { IsCancellationRequested: true } fired)
        {
            Interlocked.CompareExchange(ref _running, null, fired);
            if (ForcedOut is not null)
            {
                CancelRunning();
            }
        }
    }

    private static CancellationTokenSource Make(ref CancellationTokenSource? place)
    {
        var made = new CancellationTokenSource();
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }

    // Not Cancel(): its callbacks are the server's code and may block or throw. What they throw belongs to nobody here.
    private static void Stop(CancellationTokenSource source) => _ = source.CancelAsync().ContinueWith(
        static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
