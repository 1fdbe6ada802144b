using System.Collections.Concurrent;

namespace KiwiBalancer.Diagnostics;

/// <summary>Which clients are named in metrics: the first to be measured, as many as are allowed. Later ones share one name, so that a host with an unbounded set of clients does not make an unbounded set of series.</summary>
internal sealed class ClientTags
{
    /// <summary>The name that those share who came too late.</summary>
    private const string Others = "_other";

    private readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);
    private readonly Lock _naming = new();

    // Invariant: the number of names, which only grows. Written by: whoever adds one, under _naming. Order: volatile; a stale one only leads to the lock.
    private int _count;

    /// <summary>The name for a client; null if none are named.</summary>
    public string? Of(string client, int most)
    {
        if (most == 0)
        {
            return null;
        }

        return _named.ContainsKey(client) || (Volatile.Read(ref _count) < most && TryAdd(client, most)) ? client : Others;
    }

    private bool TryAdd(string client, int most)
    {
        lock (_naming)
        {
            if (_count >= most)
            {
                return _named.ContainsKey(client);
            }

            if (_named.TryAdd(client, true))
            {
                Volatile.Write(ref _count, _count + 1);
            }

            return true;
        }
    }
}
