using System.Diagnostics;

namespace KiwiBalancer.Soak;

/// <summary>One run: load and disturbances for a time, then the end of all of it, then the check that nothing is left.</summary>
internal sealed class SoakRun(SoakArguments arguments, TextWriter output)
{
    public const int MaxCost = 4;
    private const int CallersPerClient = 8;
    private const int CallersOfContexts = 4;
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    private readonly Findings _findings = new();
    private readonly Tally _tally = new();
    private bool _isOver;

    public async Task<ExitCode> RunAsync()
    {
        var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = arguments.Limit, MaxCost = MaxCost, MaxQueueLength = (CallersPerClient - 1) * arguments.Clients });
        var random = new Random(arguments.Seed);
        var clients = new SoakClients(balancer, [.. Enumerable.Range(0, arguments.Clients).Select(i => balancer.Register(SoakClients.Options($"client {i}", random)))]);
        var limits = new LimitWatch(balancer);
        var server = new SoakServer(limits, _findings);
        using var storms = new Storms();
        var callers = new SoakCallers(clients, server, storms, _tally, _findings, () => Volatile.Read(ref _isOver));
        using var disturbances = new Disturbances(clients, limits, storms, arguments.Limit, () => Volatile.Read(ref _isOver));

        var memoryAtStart = Memory();
        var clock = Stopwatch.StartNew();
        var threads = disturbances.Start(arguments.Seed);
        Task[] sending =
        [
            .. Enumerable.Range(0, arguments.Clients * CallersPerClient).Select(i => Task.Run(() => callers.SendAsync(new Random(arguments.Seed + 100 + i)))),
            .. Enumerable.Range(0, CallersOfContexts).Select(i => OneThreadContext.Run(() => callers.SendAsync(new Random(arguments.Seed - 1 - i)))),
        ];

        try
        {
            await Task.WhenAny(Task.WhenAll(sending), Task.Delay(TimeSpan.FromSeconds(arguments.Seconds), TimeProvider.System, CancellationToken.None));
            Volatile.Write(ref _isOver, true);
            disturbances.End();
            foreach (var thread in threads)
            {
                if (!thread.Join(Watchdog))
                {
                    _findings.Add("a thread that changes limits, weights or clients has not ended");
                }
            }

            // Paused last, perhaps: whoever waits goes on.
            limits.Set(arguments.Limit);
            await EndAsync(Task.WhenAll(sending), storms);
            await clients.Left.WaitAsync(Watchdog);
        }
        catch (TimeoutException)
        {
            _findings.Add("requests were accepted and never ended");
        }

        clock.Stop();
        var leaked = await LeakedAsync(balancer, server, clients);
        var memoryAtEnd = Memory();
        var report = SoakReport.Write(arguments, clock.Elapsed, _tally, server, limits, clients, storms, disturbances, leaked, (memoryAtStart, memoryAtEnd), balancer.GetSnapshot(), _findings);
        await output.WriteLineAsync(report);
        if (arguments.Report is { } file)
        {
            await File.WriteAllTextAsync(file, report + Environment.NewLine);
        }

        await balancer.DisposeAsync();
        return _findings.IsEmpty ? ExitCode.Held : ExitCode.Broken;
    }

    /// <summary>Waits for the last requests; those that hang do so until the next storm.</summary>
    private static async Task EndAsync(Task sending, Storms storms)
    {
        for (var clock = Stopwatch.StartNew(); !sending.IsCompleted && clock.Elapsed < Watchdog;)
        {
            storms.Break();
            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None));
        }

        await sending.WaitAsync(TimeSpan.FromSeconds(1));
    }

    /// <summary>The integrity check: no slot held, nobody waiting, every client's numbers at zero, and the whole limit to be had again.</summary>
    private async Task<int> LeakedAsync(WeightedBalancer balancer, SoakServer server, SoakClients clients)
    {
        var clock = Stopwatch.StartNew();
        while (balancer.GetSnapshot() is var snapshot && (snapshot.InFlight, snapshot.Waiting) != (0, 0) && clock.Elapsed < Watchdog)
        {
            await Task.Yield();
        }

        var last = balancer.GetSnapshot();
        void Expect(bool isSo, string otherwise) => _findings.Add(isSo ? null : otherwise);
        Expect(last.InFlight == 0, $"{last.InFlight} slots leaked");
        Expect(server.InUse == 0, $"{server.InUse} slots in use at the server at the end");
        Expect(last.Waiting == 0, $"{last.Waiting} requests wait for ever");
        Expect(last.Clients.Count == arguments.Clients, $"{last.Clients.Count} clients are left of {arguments.Clients}");
        Expect(last.Clients.All(client => (client.InFlight, client.Waiting) == (0, 0)), "a client's numbers are not zero at rest");
        Expect(last.OldestRunning is null, "a request is said to run still");

        using var probe = balancer.Register("probe", weight: 1);
        var leases = new List<SlotLease>();
        while (probe.TryAcquire(out var lease))
        {
            leases.Add(lease);
        }

        Expect(leases.Count == arguments.Limit, $"only {leases.Count} of {arguments.Limit} slots can be had at the end");
        leases.ForEach(lease => lease.Dispose());
        Expect(clients.Left.IsCompletedSuccessfully, "a client that was disposed has not left");
        return last.InFlight;
    }

    private static long Memory()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
