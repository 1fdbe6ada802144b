using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Rivals;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Replay;

/// <summary>Sends every request of the traces at its time, whether or not earlier ones have been answered.</summary>
internal static class ReplayRun
{
    public static ReplayResult Play(IReadOnlyList<Service> services, int limit) =>
        new(limit, [.. Contestant.All.Select(contestant => Play(services, limit, contestant))]);

    public static ReplayOutcome Play(IReadOnlyList<Service> services, int limit, Contestant contestant)
    {
        var simulation = new GrantSimulation(limit, policy: contestant.New());
        var clients = services.Select(s => simulation.Add(s.Weight)).ToArray();

        // One origin for all: traces recorded together are replayed together.
        var origin = services.Min(s => s.Rows.Min(r => r.Timestamp));
        foreach (var (service, client) in services.Zip(clients))
        {
            // A request without tokens takes no time at all.
            client.Duration = Durations.Constant(0);
            foreach (var row in service.Rows)
                simulation.At((row.Timestamp - origin).TotalSeconds, () => simulation.Send(client, duration: row.Hold.TotalSeconds));
        }

        var record = simulation.Begin();
        simulation.RunToEnd();
        return new ReplayOutcome(
            contestant.Name,
            record.Idle,
            services.Sum(s => (long)s.Rows.Count) - clients.Sum(c => c.Ended),
            [.. services.Zip(clients).Select(pair => Outcome(pair.First, pair.Second, record))]);
    }

    private static ServiceOutcome Outcome(Service service, SimulatedClient client, FairnessRecord record)
    {
        var had = record.Of(client);
        return new ServiceOutcome(service.Name, client.Ended, had.Used, had.LagBehind, WaitOutcome.Of(had.Waits));
    }
}
