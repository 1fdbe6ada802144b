namespace KiwiBalancer.Soak;

/// <summary>The clients at any time; one is replaced now and then, sometimes by force, while its requests wait and run.</summary>
internal sealed class SoakClients(IBalancer balancer, IClientHandle[] clients)
{
    private readonly List<Task> _leaving = [];
    private long _replaced;

    public long Replaced => Interlocked.Read(ref _replaced);

    /// <summary>Ends when every client that was to leave gently has left.</summary>
    public Task Left => Task.WhenAll(_leaving);

    public IClientHandle Any(Random random) => Volatile.Read(ref clients[random.Next(clients.Length)]);

    /// <summary>One thread only.</summary>
    public void ReplaceOne(Random random)
    {
        var place = random.Next(clients.Length);
        var former = clients[place];
        if (random.Next(2) == 0)
        {
            _leaving.Add(former.DisposeAsync().AsTask());
            _leaving.RemoveAll(task => task.IsCompletedSuccessfully);
        }
        else
        {
            former.Dispose();
        }

        Volatile.Write(ref clients[place], balancer.Register(Options(former.Name, random)));
        Interlocked.Increment(ref _replaced);
    }

    public static BalancerClientOptions Options(string name, Random random) => new()
    {
        Name = name,
        Weight = random.Next(3) == 0 ? random.Next(1, 1_000_001) : random.Next(1, 10),
        MaxInFlight = random.Next(3) == 0 ? random.Next(SoakRun.MaxCost, 10) : null,
        MaxQueueLength = random.Next(3) == 0 ? random.Next(0, 12) : null,
        QueueTimeout = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 50)) : null,
    };
}
