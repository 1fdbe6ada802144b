using System.Globalization;
using KiwiBalancer.Benchmarks.Cases;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Goals;

/// <summary><c>-- goals [ROUNDS]</c>: the ratios that are promised, ours beside the rivals in one process and in turn.</summary>
public static class GoalsCommand
{
    private const string Semaphore = "SemaphoreSlim";
    private const string Limiter = "ConcurrencyLimiter";
    private const string Lease = "KiwiLease";
    private const string Send = "KiwiSend";
    private const string Floor = "floor";

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (arguments.Length > 1 || !int.TryParse(arguments.FirstOrDefault("15"), CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > 10_000)
        {
            output.WriteLine("goals [ROUNDS]: how often each load is run, 1 to 10000; 15 if not given.");
            return 2;
        }

        var uncontended = await UncontendedAsync(rounds);
        var saturated = await SaturatedAsync(rounds, clients: 1);
        var clients = await ClientsAsync(rounds);
        var queued = await QueuedAsync(rounds);
        var cancelled = await CancelledAsync(rounds);

        var table = new GoalTable(output);
        table.Begin();
        foreach (var (ours, toSemaphore, toLimiter) in new[] { (Send, 0.85, 0.4), (Lease, 1.0, 0.5) })
        {
            table.Ratio($"uncontended: {ours} / {Semaphore}", toSemaphore, uncontended.Ratio(ours, Semaphore), uncontended.CpuRatio(ours, Semaphore));
            table.Ratio($"uncontended: {ours} / {Limiter}", toLimiter, uncontended.Ratio(ours, Limiter), uncontended.CpuRatio(ours, Limiter));
            table.Bytes($"uncontended: {ours}", 0, uncontended.Bytes(ours));
        }

        foreach (var ours in new[] { Lease, Send })
        {
            table.Ratio($"saturated: {ours} / {Limiter}", 0.8, saturated.Ratio(ours, Limiter), saturated.CpuRatio(ours, Limiter));
            table.Ratio($"saturated: {ours} / {Semaphore}", 0.35, saturated.Ratio(ours, Semaphore), saturated.CpuRatio(ours, Semaphore));
            table.Bytes($"saturated: {ours} beyond no limit at all", 0, saturated.BytesBeyond(ours, Floor));
        }

        foreach (var ours in new[] { Lease, Send })
        {
            table.Ratio($"saturated: {ours}, 1,000 clients / 1", 1.5, clients.Ratio(ours + " 1,000", ours + " 1"), clients.CpuRatio(ours + " 1,000", ours + " 1"));
        }

        foreach (var ours in new[] { Lease, Send })
        {
            table.Bytes($"queued with a token: {ours} beyond the floor", 16, queued.BytesBeyond(ours, Floor));
        }

        foreach (var ours in new[] { Lease, Send })
        {
            table.Ratio($"cancel one among 100,000 / 10: {ours}", 1.5, cancelled.Ratio(ours + " 100,000", ours + " 10"), cancelled.CpuRatio(ours + " 100,000", ours + " 10"));
        }

        table.Everybody("uncontended", uncontended, Semaphore);
        table.Everybody("saturated", saturated, Semaphore);
        table.Everybody("saturated, clients", clients, Lease + " 1");
        table.Everybody("queued with a token", queued, Semaphore);
        table.Everybody("cancelled among", cancelled, Semaphore + " 10");
        return 0;
    }

    private static async Task<Contest> UncontendedAsync(int rounds)
    {
        const int Requests = 200_000;
        return await RunAsync(rounds, Requests, All(limit: 8, new TwoInterlocked()), static rival => Load.OneAsync(rival, Requests));
    }

    private static async Task<Contest> SaturatedAsync(int rounds, int clients)
    {
        const int Requests = 64_000;
        (string, IRival)[] others = [("Polly", new PollyRival(8)), ("AsyncSharedLock", new AsyncSharedLockRival(8)), ("ChannelWorkers", new ChannelRival(8)), ("ActionBlock", new ActionBlockRival(8))];
        return await RunAsync(rounds, Requests, [.. All(8, new NoLimit(), clients), .. others], static rival => Load.CallersAsync(rival, 64, Requests, Work.Yield));
    }

    private static async Task<Contest> ClientsAsync(int rounds)
    {
        const int Requests = 64_000;
        List<(string, IRival)> ours = [];
        foreach (var clients in (ReadOnlySpan<int>)[1, 16, 1_000])
        {
            ours.Add(($"{Lease} {clients:N0}", new KiwiLease(8, clients)));
            ours.Add(($"{Send} {clients:N0}", new KiwiSend(8, clients)));
        }

        return await RunAsync(rounds, Requests, ours, static rival => Load.CallersAsync(rival, 64, Requests, Work.Yield));
    }

    private static async Task<Contest> QueuedAsync(int rounds)
    {
        const int Requests = 64_000;
        using var source = new CancellationTokenSource();
        return await RunAsync(rounds, Requests, All(8, new NoLimit()), rival => Load.CallersAsync(rival, 64, Requests, Work.Yield, source.Token));
    }

    private static async Task<Contest> CancelledAsync(int rounds)
    {
        const int Requests = 2_000;
        var gate = new Gate();
        List<(string, IRival)> waiting = [];
        List<Task> held = [];
        foreach (var length in new[] { 10, 100_000 })
        {
            foreach (var (name, rival) in new (string, IRival)[] { (Semaphore, new SemaphoreSlimRival(1)), (Limiter, new ConcurrencyLimiterRival(1)), (Lease, new KiwiLease(1, 1)), (Send, new KiwiSend(1, 1)) })
            {
                waiting.Add(($"{name} {length:N0}", rival));
                held.Add(Load.FillAsync(rival, length, gate));
            }
        }

        // The opening comes before the end, or those who wait would be rejected.
        return await RunAsync(rounds, Requests, waiting, static rival => Task.Run(() => Load.Leave((ILeavable)rival, Requests)), async () =>
        {
            gate.Open();
            await Task.WhenAll(held);
        });
    }

    private static (string Name, IRival Rival)[] All(int limit, IRival floor, int clients = 1) =>
        [(Semaphore, new SemaphoreSlimRival(limit)), (Limiter, new ConcurrencyLimiterRival(limit)), (Lease, new KiwiLease(limit, clients)), (Send, new KiwiSend(limit, clients)), (Floor, floor)];

    private static async Task<Contest> RunAsync(int rounds, int requests, IReadOnlyCollection<(string Name, IRival Rival)> rivals, Func<IRival, Task> load, Func<Task>? end = null)
    {
        var contest = new Contest(requests);
        foreach (var (name, rival) in rivals)
        {
            contest.Add(name, () => load(rival));
        }

        await contest.RunAsync(rounds);
        await (end?.Invoke() ?? Task.CompletedTask);
        foreach (var (_, rival) in rivals)
        {
            rival.Dispose();
        }

        return contest;
    }
}
