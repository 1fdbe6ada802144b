namespace KiwiBalancer.Clients;

/// <summary>
/// The token of all requests of one client that run at once and were sent with the same token of their caller: it fires with that, and with the client's own token of what runs, which is the same for each of them.
/// So a caller that sends everything with one long-lived token pays for one source, not for one a request.
/// </summary>
/// <remarks>
/// Shared, never pooled: when the last request has ended it is gone, and a source that a server has seen serves no other. It is renewed now and then, lest callbacks that a server forgets to unregister
/// pile up while there is always a request. Measured, queued with a token: 121 bytes a request beyond the floor without sharing, less than one with it.
/// </remarks>
internal sealed class SharedCancellation : IDisposable
{
    private const long OneUser = 1;
    private const long OneEntry = 1L << 32;
    private const long MostEntries = 1_000;

    private readonly ClientHandle _client;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _running;
    private readonly RequestCancellation _both;

    // Invariant: [63..32 requests that ever entered | 31..0 requests that run]; once none runs, none ever will again.
    // Written by: requests that start and end, interlocked. Order: full fences; who brings it to no request has it to itself.
    private long _word = OneEntry | OneUser;

    private SharedCancellation(ClientHandle client, CancellationToken caller)
    {
        _client = client;
        _caller = caller;
        _running = client.Running;
        _both = new RequestCancellation(caller, _running);
    }

    public CancellationToken Token => _both.Token;

    /// <summary>For a request that starts; disposed when it has ended, by each once.</summary>
    public static SharedCancellation Enter(ClientHandle client, CancellationToken caller)
    {
        if (Volatile.Read(ref client.Shared) is { } shared && shared._caller == caller && shared._running == client.Running && shared.TryEnter())
        {
            return shared;
        }

        // One that is replaced here lives on for those who use it.
        var made = new SharedCancellation(client, caller);
        Volatile.Write(ref client.Shared, made);
        return made;
    }

    /// <summary>A request has ended.</summary>
    public void Dispose()
    {
        if ((uint)Interlocked.Add(ref _word, -OneUser) == 0)
        {
            // The client must not keep what its caller has done with.
            Interlocked.CompareExchange(ref _client.Shared, null, this);
            _both.Dispose();
        }
    }

    private bool TryEnter()
    {
        var seen = Volatile.Read(ref _word);
        while ((uint)seen != 0 && seen < MostEntries * OneEntry)
        {
            var found = Interlocked.CompareExchange(ref _word, seen + OneEntry + OneUser, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }

        return false;
    }
}
