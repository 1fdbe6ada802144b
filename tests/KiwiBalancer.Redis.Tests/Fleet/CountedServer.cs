namespace KiwiBalancer.Redis.Tests.Fleet;

/// <summary>The server that all nodes of a test share: it counts who runs at once.</summary>
internal sealed class CountedServer
{
    private readonly Lock _lock = new();
    private int _running;

    public int Most { get; private set; }

    public long Served { get; private set; }

    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>One request.</summary>
    public async Task ServeAsync(TimeSpan length)
    {
        lock (_lock)
        {
            Most = Math.Max(Most, ++_running);
        }

        await Task.Delay(length, TimeProvider.System);
        lock (_lock)
        {
            _running--;
            Served++;
        }
    }
}
