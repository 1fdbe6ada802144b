using KiwiBalancer.Lab.Simulation;
using static KiwiBalancer.Lab.Fairness.Promises;

namespace KiwiBalancer.Lab.Fairness.Scenarios;

/// <summary>Each is what made an earlier design of the policy fail.</summary>
internal static class TrapScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("trap-over-holder", "10 slots, six of them held for 300 D by one client; weights 10:1:1:1 share what is left.", OverHolder)
        {
            Promises = [NeverIdle, Noted("F5", "error of a light one", 0.05, "%")],
            Bars = Noted("F5", "error of a light one", 0.05, "%"),
            Window = 60,
            ShowsUse = true,
        },
        new("trap-one-shot-clients", "10 slots, two clients that stay, eight a D that come, send one request and go.", OneShotClients)
        {
            Promises = [NeverIdle, Noted("F3", "error of those who stay", 0.015, "%")],
            Bars = Noted("F3", "error of those who stay", 0.015, "%"),
        },
        new("trap-old-debts", "10 slots, 20 equal clients; five of them held a slot each for 1,000 D. Then one comes.", OldDebts)
        {
            Promises = [NeverIdle, Noted("F6", "newcomer waits, in rounds", 4)],
            Bars = Noted("F6", "newcomer waits, in rounds", 4),
        },
        new("trap-wide-among-narrow", "8 slots, cost 4 beside cost 1; 16 slots, cost 2 among fifteen of cost 1; 10 slots, cost 4 among nine.", WideAmongNarrow)
        {
            Promises = [IdleAtMost(3.0 / 8), Noted("F8", "error of the wide one", 0.05, "%")],
            Bars = Noted("F8", "error of the wide one", 0.05, "%"),
        },
        LightCrowd("trap-light-crowd", "constant durations", Durations.Constant(1)),
        LightCrowd("trap-light-crowd-uniform", "durations of 0.5 to 1.5 D", Durations.Uniform(0.5, 1.5)),
    ];

    private static void OverHolder(Stage stage)
    {
        var simulation = stage.New(10);
        var holder = stage.Name(simulation.Add(1), "holds six for 300 D");
        for (var i = 0; i < 6; i++)
            simulation.Send(holder, duration: 300);
        var clients = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 10, 1, 1, 1);
        stage.Name(clients[0], "weight 10");
        stage.Name(clients[1], "weight 1");
        simulation.Run(30);
        var record = stage.Measure(simulation, 250);

        // Four slots are left for a total weight of 13.
        foreach (var light in clients[1..])
            stage.Outcome.AddNote("error of a light one", Math.Abs((record.Average(light) * 13 / 4) - 1));
    }

    private static void OneShotClients(Stage stage)
    {
        var simulation = stage.New(10, room: 2500);
        var residents = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1);
        stage.Name(residents[0], "stays");
        stage.Name(residents[1], "stays too");
        for (var i = 0; i < 2000; i++)
            simulation.At(i / 8.0, () => simulation.Send(simulation.Add(), duration: 1));
        simulation.Run(50);
        var record = stage.Measure(simulation, 190);
        foreach (var resident in residents)
            stage.Outcome.AddNote("error of those who stay", Math.Abs((record.Used(resident) / record.Entitled(resident)) - 1));
    }

    private static void OldDebts(Stage stage)
    {
        for (var run = 0; run < 10; run++)
        {
            var simulation = stage.New(10, run: run);
            var clients = simulation.Residents(5, Durations.Uniform(0.5, 1.5), [.. Enumerable.Repeat(1, 20)]);
            foreach (var debtor in clients[..5])
                debtor.Duration = random => simulation.Now is > 20 and < 22 ? 1000 : 0.5 + random.NextDouble();
            simulation.Run(1025 + run);
            var newcomer = simulation.Add();
            stage.Name(newcomer, "newcomer");
            stage.Name(clients[0], "in debt");
            stage.Name(clients[10], "is owed");
            newcomer.Duration = Durations.Uniform(0.5, 1.5);
            simulation.At(simulation.Now + 2, () => simulation.Keep(newcomer, 2));
            var record = stage.Measure(simulation, 30);

            // A round is a mean request at its share of 10/21; the mean of the time before is 2 D.
            stage.Outcome.AddNote("newcomer waits, in rounds", record.Of(newcomer).Waits.DefaultIfEmpty(double.PositiveInfinity).First() * 10 / 21 / 2);
        }
    }

    private static void WideAmongNarrow(Stage stage)
    {
        foreach (var (limit, cost, narrow) in new[] { (8, 4, 1), (16, 2, 15), (10, 4, 9) })
        {
            var simulation = stage.New(limit, run: limit);
            var clients = simulation.Residents(20, Durations.Uniform(0.5, 1.5), [.. Enumerable.Repeat(1, narrow + 1)]);
            clients[0].Cost = _ => cost;
            stage.Name(clients[0], $"cost {cost}");
            stage.Name(clients[1], "cost 1");
            simulation.Run(100);
            var record = stage.Measure(simulation, 1500, cost - 1);
            stage.Outcome.AddNote("error of the wide one", Math.Abs((record.Used(clients[0]) / record.Entitled(clients[0])) - 1));
        }
    }

    private static Scenario LightCrowd(string name, string durations, Func<Random, double> duration)
    {
        const string Lag = "lag of the heavy one";
        return new(name, $"10 slots, one client with a share of 0.9 among 1,000 light ones, {durations}.", Play)
        {
            Promises = [NeverIdle, Noted("F3", Lag, 1.5, "slot·D")],
            Goals = [Noted("goal", Lag, 0.6, "slot·D")],
            Bars = Noted("F3", Lag, 1.5, "slot·D"),
            Window = 300,
            ShowsUse = true,
            Foil = "K8s APF",
        };

        void Play(Stage stage)
        {
            int[] weights = [.. Enumerable.Repeat(1, 1001)];
            weights[500] = 99;
            var simulation = stage.New(10, room: 1001);
            var clients = simulation.Residents(2, duration, weights);
            stage.Name(clients[500], "share 0.9");
            stage.Name(clients[0], "one of 1,000");
            var record = stage.Measure(simulation, 3000);
            stage.Outcome.AddNote(Lag, record.Of(clients[500]).LagBehind);
        }
    }
}
