using System.Diagnostics;

namespace KiwiBalancer.Fleet.Faults;

/// <summary>One fault after another, each as soon as the fleet may be taken to be full again and has been for a while. The seed decides which, to whom and when.</summary>
internal sealed class Chaos(RunningFleet fleet, int seed, TimeSpan length, Action<string> happened)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>What has happened so far.</summary>
    public List<FaultRecord> Faults { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var runner = new FaultRunner(fleet, random, happened);
        long began = Stopwatch.GetTimestamp();
        var kinds = new Queue<FaultKind>();
        while (Stopwatch.GetElapsedTime(began) < length - Longest)
        {
            if (kinds.Count == 0)
            {
                FaultKind[] all = [.. FaultRunner.KindsFor(fleet.Engine)];
                random.Shuffle(all);
                all.ToList().ForEach(kinds.Enqueue);
            }

            FaultRecord fault = await runner.RunAsync(kinds.Dequeue(), cancellationToken);
            Faults.Add(fault);
            TimeSpan quiet = TimeSpan.FromSeconds(0.5 + (1.5 * random.NextDouble()));
            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Math.Max(Stopwatch.GetTimestamp(), fault.Settled));
            await Task.Delay(left + quiet, TimeProvider.System, cancellationToken);
        }

        // As it began, so that there is something to compare with.
        Faults.Add(await runner.RunAsync(FaultKind.RaiseLimit, cancellationToken));
        TimeSpan rest = length - Stopwatch.GetElapsedTime(began);
        await Task.Delay(rest > TimeSpan.FromSeconds(3) ? rest : TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
    }
}
