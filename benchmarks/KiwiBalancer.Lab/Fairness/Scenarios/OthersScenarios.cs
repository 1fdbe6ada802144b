using KiwiBalancer.Lab.Simulation;
using static KiwiBalancer.Lab.Fairness.Promises;

namespace KiwiBalancer.Lab.Fairness.Scenarios;

/// <summary>The numbers by which others explain or test their schedulers, and the promise this project began with.</summary>
internal static class OthersScenarios
{
    private const string Off = "slots off";
    private const string Error = "error of the average";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("seed-story", "Limit 0, everything sent, limit 100: weights 1:1:2 have 25/25/50; when the third has finished, 50/50; weights 1:1:1, 34/33/33.", SeedStory)
        {
            Promises = [NeverIdle, Noted("F2", Off, 0)],
            Bars = Noted("F2", Off, 0),
            Window = 12,
        },
        new("apf-two-flows", "Kubernetes: 4 slots, 8 threads x 20 calls against 8 x 20 that think 1 s: two slots each.", s => Flows(s, 4, (1, 8, 20, 0, 1, 2), (1, 8, 20, 1, 1, 2)))
        {
            Promises = [NeverIdle, Noted("F3", Error, 0.01, "%")],
            Bars = Noted("F3", Error, 0.01, "%"),
        },
        new("apf-uneven-flows", "Kubernetes: 4 slots, 8 x 20 that think 1 s against 7 x 30 that think 0.5 s: two slots each.", s => Flows(s, 4, (1, 8, 20, 1, 1, 2), (1, 7, 30, 0.5, 1, 2)))
        {
            Promises = [NeverIdle, Noted("F3", Error, 0.01, "%")],
            Bars = Noted("F3", Error, 0.01, "%"),
        },
        new("apf-two-to-one", "Kubernetes: 3 slots, 4 x 20 against 2 x 20, all think 1 s less a nanosecond: two slots and one.", s => Flows(s, 3, (1, 4, 20, 1 - 1e-9, 1, 2), (1, 2, 20, 1 - 1e-9, 1, 1)))
        {
            Promises = [NeverIdle, Noted("F3", Error, 0.01, "%")],
            Bars = Noted("F3", Error, 0.01, "%"),
        },
        new("apf-widths", "Kubernetes: 6 slots, 13 x 10 of cost 1 against 7 x 10 of cost 2: three slots each, theirs within 15.5 %.", s => Flows(s, 6, (1, 13, 10, 0, 1, 3), (1, 7, 10, 0, 2, 3)))
        {
            Promises = [IdleAtMost(1.0 / 6), Noted("F3", Error, 0.05, "%")],
            Bars = Noted("F3", Error, 0.05, "%"),
        },
        new("max-min-numbers", "Doorman's and Kubernetes' examples of max-min shares: everything sent at limit 0, then the limit.", MaxMin)
        {
            Promises = [NeverIdle, Noted("F2", Off, 0)],
            Bars = Noted("F2", Off, 0),
            Window = 5,
        },
        new("cockroach-order", "CockroachDB: weights 2:5, five waiting each, seven slots at once: t2 t1 t2 t2 t1 t2 t2.", CockroachOrder)
        {
            Promises = [NeverIdle, Noted("F2", "grants out of their order", 0)],
            Bars = Noted("F2", "grants out of their order", 0),
            Window = 4,
        },
        new("netflix-drain", "Netflix concurrency-limits: 10 slots, ten \"batch\" in flight, seven \"live\" come; theirs runs 17 at once.", NetflixDrain)
        {
            Promises = [NeverIdle, Noted("F1", "most in flight above 10", 0), Noted("F2", "live below its part of what came back", 0)],
            Bars = Noted("F2", "live below its part of what came back", 0),
            Window = 14,
        },
    ];

    private static void SeedStory(Stage stage)
    {
        var simulation = Enqueue(stage, 100, [1, 1, 2], [600, 600, 300], Durations.Uniform(0.5, 1.5));
        Check(stage, simulation, [25, 25, 50]);
        stage.Measure(simulation, 12);
        Check(stage, simulation, [50, 50, 0]);
        var equal = Enqueue(stage, 100, [1, 1, 1], [1000, 1000, 1000], Durations.Constant(1));
        stage.Outcome.AddNote(Off, equal.Clients.Select(c => c.InFlight).Order().Zip([33, 33, 34], (a, b) => Math.Abs(a - b)).Max());
    }

    private static void MaxMin(Stage stage)
    {
        Allocate(stage, 120, [6, 4, 2], [1000, 500, 200], [60, 40, 20]);
        Allocate(stage, 1000, [10, 10, 30], [2000, 500, 700], [200, 200, 600]);
        Allocate(stage, 42, [1, 1], [1, 47], [1, 41]);
        Allocate(stage, 14, [1, 1, 1, 1], [3, 7, 9, 1], [3, 5, 5, 1]);
        Allocate(stage, 21, [1, 1, 1, 1], [1, 9, 7, 3], [1, 9, 7, 3]);
    }

    private static void Allocate(Stage stage, int limit, int[] weights, int[] wants, int[] expected)
    {
        var simulation = Enqueue(stage, limit, weights, wants, Durations.Constant(1));
        Check(stage, simulation, expected);
        stage.Measure(simulation, 5);
    }

    // One after another, as they would come: a policy that goes by age has to show what it makes of it.
    private static GrantSimulation Enqueue(Stage stage, int limit, int[] weights, int[] wants, Func<Random, double> duration)
    {
        var simulation = stage.New(limit);
        simulation.SetLimit(0);
        foreach (var (weight, want) in weights.Zip(wants))
        {
            var client = simulation.Add(weight);
            client.Duration = duration;
            for (var i = 0; i < want; i++)
                simulation.Send(client);
        }

        simulation.SetLimit(limit);
        return simulation;
    }

    private static void Check(Stage stage, GrantSimulation simulation, int[] expected) =>
        stage.Outcome.AddNote(Off, simulation.Clients.Zip(expected, (c, e) => Math.Abs(c.InFlight - e)).Max());

    private static void Flows(Stage stage, int limit, params (int Weight, int Threads, int Calls, double Think, int Cost, int Slots)[] flows)
    {
        var simulation = stage.New(limit);
        foreach (var flow in flows)
        {
            var client = simulation.Add(flow.Weight);
            client.Left = flow.Threads * flow.Calls;
            client.Cost = _ => flow.Cost;
            client.Think = Durations.Constant(flow.Think);
            simulation.Keep(client, flow.Threads);
            stage.Name(client, $"{flow.Threads} x {flow.Calls}, cost {flow.Cost}");
        }

        // Not its first seconds, nor its last, when one has no calls left.
        simulation.Run(5);
        var record = stage.Measure(simulation, 30);
        foreach (var client in simulation.Clients)
            stage.Outcome.AddNote(Error, Math.Abs((record.Average(client) / flows[client.Index].Slots) - 1));
    }

    private static void CockroachOrder(Stage stage)
    {
        int[] theirs = [2, 1, 2, 2, 1, 2, 2];
        var order = new List<int>();
        var simulation = stage.New(7);
        simulation.Granted += request => order.Add(request.Client.Index + 1);
        simulation.SetLimit(0);
        foreach (var weight in new[] { 2, 5 })
        {
            var client = simulation.Add(weight);
            for (var i = 0; i < 5; i++)
                simulation.Send(client, duration: 1);
        }

        simulation.SetLimit(7);
        stage.Outcome.AddNote("grants out of their order", theirs.Where((t, i) => order[i] != t).Count());
        stage.Measure(simulation, 4);
    }

    private static void NetflixDrain(Stage stage)
    {
        var simulation = stage.New(10);
        var batch = stage.Name(simulation.Add(), "batch");
        var most = 0;
        simulation.Granted += _ => most = Math.Max(most, simulation.InFlight);
        for (var i = 0; i < 10; i++)
            simulation.Send(batch, duration: 2 + i);
        for (var i = 0; i < 30; i++)
            simulation.Send(batch, duration: 5);
        var live = stage.Name(simulation.Add(), "live");
        simulation.At(1, () =>
        {
            for (var i = 0; i < 7; i++)
                simulation.Send(live, duration: 50);
        });

        // One of the ten comes back each D from 2 on: all to live, until it has its five.
        for (var i = 1; i <= 5; i++)
        {
            var due = i;
            simulation.At(1.5 + i, () => stage.Outcome.AddNote("live below its part of what came back", due - live.InFlight));
        }

        stage.Measure(simulation, 14);
        stage.Outcome.AddNote("most in flight above 10", Math.Max(0, most - 10));
    }
}
