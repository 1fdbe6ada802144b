namespace KiwiBalancer.Soak;

/// <summary>What makes life hard, each on a thread of its own, so that a blocked thread pool does not stop it.</summary>
internal sealed class Disturbances(SoakClients clients, LimitWatch limits, Storms storms, int limit, Func<bool> isOver) : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private long _starvations;

    /// <summary>How often the whole thread pool was blocked.</summary>
    public long Starvations => Interlocked.Read(ref _starvations);

    public Thread[] Start(int seed) =>
    [
        Run(new Random(seed + 1), 1, random => limits.Set(random.Next(8) == 0 ? 0 : random.Next(SoakRun.MaxCost, 2 * limit))),
        Run(new Random(seed + 2), 3, random => Ignore(() => clients.Any(random).Weight = random.Next(1, 1000))),
        Run(new Random(seed + 3), 5, random => Ignore(() => clients.Any(random).Reconfigure(SoakClients.Options(null!, random)))),
        Run(new Random(seed + 4), 10, clients.ReplaceOne),
        Run(new Random(seed + 5), 100, Garbage),
        Run(new Random(seed + 7), 60, _ => storms.Break()),
        Run(new Random(seed + 6), 1500, _ => Starve()),
    ];

    /// <summary>The load is over: nobody waits for the end of a pause.</summary>
    public void End() => _end.Set();

    public void Dispose() => _end.Dispose();

    private Thread Run(Random random, int milliseconds, Action<Random> disturb)
    {
        var thread = new Thread(() =>
        {
            while (!isOver())
            {
                disturb(random);
                _end.Wait(TimeSpan.FromMilliseconds(random.Next(milliseconds + 1)));
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <summary>Fills the heap and has it collected while everything runs.</summary>
    private static void Garbage(Random random)
    {
        var garbage = Enumerable.Range(0, 200).Select(i => new byte[random.Next(1, 2_000)]).ToArray();
        GC.Collect(random.Next(3), GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.KeepAlive(garbage);
    }

    /// <summary>Blocks more threads than the pool has, for as long as it takes it to notice.</summary>
    private void Starve()
    {
        using var release = new ManualResetEventSlim();
        using var blocked = new CountdownEvent(2 * Environment.ProcessorCount);
        for (var i = 0; i < 2 * Environment.ProcessorCount; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                all =>
                {
                    all.release.Wait();
                    all.blocked.Signal();
                },
                (release, blocked),
                preferLocal: false);
        }

        _end.Wait(TimeSpan.FromMilliseconds(200));
        release.Set();
        blocked.Wait();
        Interlocked.Increment(ref _starvations);
    }

    private static void Ignore(Action action)
    {
        try
        {
            action();
        }
        catch (ObjectDisposedException)
        {
            // The client has just been replaced.
        }
    }
}
