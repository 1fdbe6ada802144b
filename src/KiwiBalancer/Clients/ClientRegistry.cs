using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KiwiBalancer.Clients;

/// <summary>The clients of one balancer: the live ones by name, and those that are closed and still hold slots or wait.</summary>
internal sealed class ClientRegistry(BalancerEngine engine)
{
    private readonly ConcurrentDictionary<string, ClientHandle> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ClientHandle, bool> _leaving = new();

    private readonly Lock _adding = new();

    // Invariant: set once; no client is added afterwards. Written by: the closer, under _adding, so that whoever visits the clients after it was set finds every one that anybody ever could.
    private int _isClosed;
    private int _nameless;

    public BalancerEngine Engine { get; } = engine;

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Live and leaving.</summary>
    public IEnumerable<ClientHandle> All => _live.Values.Concat(_leaving.Keys).Distinct();

    public ClientHandle Add(BalancerClientOptions client)
    {
        OptionsCheck.Check(client, nameof(client));
        lock (_adding)
        {
            ThrowIfClosed();
            return AddLocked(client);
        }
    }

    public bool TryGet(string name, [NotNullWhen(true)] out ClientHandle? client) => _live.TryGetValue(name, out client);

    /// <summary>Takes no more clients and closes the door of each.</summary>
    public void Close()
    {
        lock (_adding)
        {
            Volatile.Write(ref _isClosed, 1);
        }

        foreach (var client in _live.Values)
        {
            client.Close();
        }
    }

    /// <summary>A client has closed its door. Its name is free; it is remembered until it has drained.</summary>
    public void Closing(ClientHandle client)
    {
        _leaving.TryAdd(client, true);
        _live.TryRemove(KeyValuePair.Create(client.Name, client));

        // The last slot may have come back since the door closed, and Drained may have run before this: it adds its word and then forgets, this adds and then looks, so one of them sees the other.
        if (client.IsDrained)
        {
            _leaving.TryRemove(client, out _);
        }
    }

    /// <summary>A closed client has nothing left.</summary>
    public void Drained(ClientHandle client)
    {
        _leaving.TryRemove(client, out _);
        client.ForgetBacklog();
    }

    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new ObjectDisposedException(nameof(IBalancer), "The balancer has been disposed; it takes no more clients, requests or settings.");
        }
    }

    private ClientHandle AddLocked(BalancerClientOptions client)
    {
        ClientHandle handle;
        if (client.Name is { } name)
        {
            handle = new ClientHandle(this, name, client);
            if (!_live.TryAdd(name, handle))
            {
                throw new ArgumentException($"A client named '{name}' is registered already. Use TryGetClient to find it, dispose it first, or choose another name.", nameof(client));
            }
        }
        else
        {
            do
            {
                handle = new ClientHandle(this, "client-" + Interlocked.Increment(ref _nameless).ToString(CultureInfo.InvariantCulture), client);
            }
            while (!_live.TryAdd(handle.Name, handle));
        }

        return handle;
    }
}
