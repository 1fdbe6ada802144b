using KiwiBalancer.Lab.Simulation;
using static KiwiBalancer.Lab.Fairness.Promises;

namespace KiwiBalancer.Lab.Fairness.Scenarios;

/// <summary>Everybody waits all the time: shares are whole, broken or below one slot, durations like or a hundred times different.</summary>
internal static class SteadyScenarios
{
    private static readonly int[] FiveWeights = [1, 2, 5, 10, 20];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("whole-shares", "20 slots, weights 1:2:3:4, exponential durations: shares 2/4/6/8.", s => Static(s, 20, "exponential", 2000, 1, 2, 3, 4))
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Goals = [Deviation(0), Outside(0)],
            Bars = InQuota,
        },
        new("fractional-shares", "17 slots, weights 1:2:3:4, exponential durations: shares 1.7/3.4/5.1/6.8.", s => Static(s, 17, "exponential", 4000, 1, 2, 3, 4))
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Goals = [Deviation(0.9), Outside(0), Jain(0.99995)],
            Bars = InQuota,
        },
        new("durations", "13 slots, weights 1:2:3, every distribution of durations in turn.", EveryDistribution)
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Bars = InQuota,
        },
        new("one-long-client", "10 slots, four equal clients, the requests of one run 100 times longer.", OneLongClient)
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Goals = [Noted("goal", "error of the long one", 0.002, "%"), Deviation(0.5)],
            Bars = Proportional(),
            Window = 200,
        },
        new("one-long-below-one", "3 slots, six equal clients (share 0.5), the requests of one run 100 times longer.", OneLongBelowOne)
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Goals = [Noted("goal", "error of the long one", 0.001, "%"), Jain(0.9995)],
            Bars = Proportional(),
            Window = 1000,
            ShowsUse = true,
        },
        new("hundred-clients", "10 slots, 100 clients of weight 1, 2, 5, 10 and 20, for 1,000 requests of the lightest.", HundredClients)
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Bars = Proportional(),
            Window = 400,
            ShowsUse = true,
        },
        new("thousand-clients", "10 slots, 1,000 clients of weight 1, 2, 5, 10 and 20, like durations.", ThousandClients)
        {
            Promises = [NeverIdle, InQuota, LagBehind()],
            Goals = [Jain(0.9995), new("goal", "worst lag", 0.8, "slot·D", o => o.LagBehind)],
            Bars = LagBehind(),
            Window = 2000,
            ShowsUse = true,
        },
        new("thousand-to-one", "10 slots, weights 1000:1, for 40,000 D.", ThousandToOne)
        {
            Promises = [NeverIdle, InQuota, Noted("F5", "light one off 0.0100", 0.0005)],
            Goals = [Noted("goal", "off 0.00999", 0.00001), Noted("goal", "worst wait", 286, "D")],
            Bars = Noted("F5", "light one off 0.0100", 0.0005),
            Window = 2000,
            ShowsUse = true,
        },
        new("caps", "20 slots, weights 10:1:2, the heavy one has a cap of 3 of its own; what it leaves is shared.", Caps)
        {
            Promises = [NeverIdle, InQuota, Proportional()],
            Bars = InQuota,
        },
    ];

    private static void Static(Stage stage, int limit, string durations, double time, params int[] weights)
    {
        var simulation = stage.New(limit);
        simulation.Residents(30, Durations.Named(durations), weights);
        simulation.Run(200);
        stage.Measure(simulation, time);
    }

    private static void EveryDistribution(Stage stage)
    {
        foreach (var (name, run) in Durations.Names.Select((n, i) => (n, i)))
        {
            var simulation = stage.New(13, run: run);
            simulation.Residents(20, Durations.Named(name), 1, 2, 3);
            simulation.Run(300);

            // The promise is for 500·D/s, which is 231 D; a Pareto's rarest requests need more.
            stage.Measure(simulation, 2000);
        }
    }

    private static void OneLongClient(Stage stage)
    {
        var simulation = stage.New(10);
        var clients = simulation.Residents(30, Durations.Constant(1), 1, 1, 1, 1);
        stage.Name(clients[0], "100 x longer");
        stage.Name(clients[1], "one of the others");
        clients[0].Duration = Durations.Constant(100);
        simulation.Run(1000);
        var record = stage.Measure(simulation, 20_000);
        stage.Outcome.AddNote("error of the long one", Math.Abs((record.Average(clients[0]) / 2.5) - 1));
    }

    private static void OneLongBelowOne(Stage stage)
    {
        var simulation = stage.New(3);
        var clients = simulation.Residents(30, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1, 1, 1);
        stage.Name(clients[0], "100 x longer");
        stage.Name(clients[1], "one of the others");
        clients[0].Duration = Durations.Uniform(50, 150);
        simulation.Run(1000);
        var record = stage.Measure(simulation, 100_000);
        stage.Outcome.AddNote("error of the long one", Math.Abs((record.Average(clients[0]) / 0.5) - 1));
    }

    private static void HundredClients(Stage stage)
    {
        var simulation = stage.New(10, room: 100);
        simulation.Residents(2, Durations.Exponential(1), [.. Enumerable.Range(0, 100).Select(i => FiveWeights[i % 5])]);
        NameFive(stage, simulation);
        stage.Measure(simulation, 76_000);
    }

    private static void ThousandClients(Stage stage)
    {
        var simulation = stage.New(10, room: 1000);
        simulation.Residents(2, Durations.Uniform(0.5, 1.5), [.. Enumerable.Range(0, 1000).Select(i => FiveWeights[i % 5])]);
        NameFive(stage, simulation);
        stage.Measure(simulation, 30_000);
    }

    private static void NameFive(Stage stage, GrantSimulation simulation)
    {
        foreach (var client in simulation.Clients.Take(5).Reverse())
            stage.Name(client, $"weight {client.Weight}");
    }

    private static void ThousandToOne(Stage stage)
    {
        var simulation = stage.New(10);
        var clients = simulation.Residents(2, Durations.Uniform(0.5, 1.5), 1000, 1);
        simulation.Keep(clients[0], 28);
        var light = stage.Name(clients[1], "the light one");
        simulation.Run(300);
        light.WorstWait = 0;
        var record = stage.Measure(simulation, 40_000);
        stage.Outcome.AddNote("light one off 0.0100", Math.Abs(record.Average(light) - 0.01));
        stage.Outcome.AddNote("off 0.00999", Math.Abs(record.Average(light) - (10.0 / 1001)));
        stage.Outcome.AddNote("worst wait", record.Of(light).Waits.DefaultIfEmpty(double.PositiveInfinity).Max());
    }

    private static void Caps(Stage stage)
    {
        var simulation = stage.New(20);
        var clients = simulation.Residents(30, Durations.Exponential(1), 10, 1, 2);
        simulation.Change(clients[0], 10, cap: 3);
        simulation.Run(100);
        stage.Measure(simulation, 2000);
    }
}
