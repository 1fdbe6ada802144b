using System.Diagnostics;
using KiwiBalancer.Fleet.Report;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet;

/// <summary>Shows what goes on at regular intervals.</summary>
internal sealed class FleetSampler(RunningFleet fleet, IFleetView view, long start)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(view.SampleEvery, TimeProvider.System);
        var readings = new Queue<(TimeSpan At, long SlotMilliseconds)>();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            ServerState server = await fleet.Server.ReadStateAsync(cancellationToken);
            TimeSpan now = Stopwatch.GetElapsedTime(start);
            while (readings.Count > 1 && now - readings.Peek().At > Window)
            {
                readings.Dequeue();
            }

            double utilisation = readings.TryPeek(out var first) ? (server.SlotMilliseconds - first.SlotMilliseconds) / ((now - first.At).TotalMilliseconds * server.Limit) : 0;
            readings.Enqueue((now, server.SlotMilliseconds));
            view.Show(new FleetSample(now, server, Math.Clamp(utilisation, 0, 1), [.. fleet.Members.Select(m => (m.Name, m.Weight, m.Status, m.State))]));
        }
    }
}
