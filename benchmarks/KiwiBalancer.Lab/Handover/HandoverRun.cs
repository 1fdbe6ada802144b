using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Lab.Handover;

/// <summary>Ours and the rivals in turn, several times over.</summary>
internal static class HandoverRun
{
    public const string Lease = "KiwiLease";
    public const string Send = "KiwiSend";

    private const int WarmUpRounds = 6;
    private const int Rounds = 5;

    private static readonly (string Name, Func<int, IRival> Make)[] Rivals =
    [
        (Lease, static limit => new KiwiLease(limit, 1)),
        (Send, static limit => new KiwiSend(limit, 1)),
        ("SemaphoreSlim", static limit => new SemaphoreSlimRival(limit)),
        ("ConcurrencyLimiter", static limit => new ConcurrencyLimiterRival(limit)),
        ("Polly", static limit => new PollyRival(limit)),
        ("AsyncSharedLock", static limit => new AsyncSharedLockRival(limit)),
        ("ChannelWorkers", static limit => new ChannelRival(limit)),
        ("ActionBlock", static limit => new ActionBlockRival(limit)),
    ];

    public static async Task<IReadOnlyList<HandoverResult>> PlayAsync(HandoverCase which)
    {
        var p50 = new double[Rivals.Length, Rounds];
        var p99 = new double[Rivals.Length, Rounds];
        var most = new int[Rivals.Length];
        await WarmUpAsync(which);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Rivals.Length; i++)
            {
                // Another one first in every round.
                var next = (i + round) % Rivals.Length;
                var work = await PlayAsync(which, Rivals[next].Make);
                most[next] = Math.Max(most[next], work.MostRunning);
                var handovers = work.Handovers(which.Limit, which.Callers);
                p50[next, round] = handovers[handovers.Length / 2];
                p99[next, round] = handovers[(int)(handovers.Length * 0.99)];
            }
        }

        return [.. Rivals.Select((rival, i) => new HandoverResult(which.Name, rival.Name, Median(p50, i), Median(p99, i), most[i], most[i] <= which.Limit))];
    }

    // Until a hundred thousand requests have gone through, the compiler still works on the code of some of them, the more of it there is the longer.
    private static async Task WarmUpAsync(HandoverCase which)
    {
        const int Requests = 20_000;
        for (var round = 0; round < WarmUpRounds; round++)
        {
            foreach (var (_, make) in Rivals)
            {
                using var rival = make(which.Limit);
                await Task.WhenAll(Enumerable.Range(0, which.Callers).Select(caller => Task.Run(() => rival.CallAsync(caller, Requests / which.Callers, Work.Yield, CancellationToken.None))));
                await PlayAsync(which with { Milliseconds = 1 }, make);
            }
        }
    }

    private static async Task<TimedWork> PlayAsync(HandoverCase which, Func<int, IRival> make)
    {
        using var rival = make(which.Limit);
        var work = new TimedWork(TimeSpan.FromMilliseconds(which.Milliseconds), which.Requests);
        await Task.WhenAll(Enumerable.Range(0, which.Callers).Select(caller => Task.Run(() => rival.CallAsync(caller, which.Requests / which.Callers, work, CancellationToken.None))));
        return work;
    }

    private static double Median(double[,] numbers, int row) => Enumerable.Range(0, Rounds).Select(round => numbers[row, round]).Order().ElementAt(Rounds / 2);
}
