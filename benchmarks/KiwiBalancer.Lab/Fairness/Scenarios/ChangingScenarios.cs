using KiwiBalancer.Lab.Simulation;
using static KiwiBalancer.Lab.Fairness.Promises;

namespace KiwiBalancer.Lab.Fairness.Scenarios;

/// <summary>Clients come and go, limits and weights change, callers give up.</summary>
internal static class ChangingScenarios
{
    private static readonly int[] LimitsToCome = [5, 40, 12];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("bursts", "20 slots, eight clients that come for 80 D and go for 82 D on average.", Bursts)
        {
            Promises = [NeverIdle, InQuotaOnceSettled],
            Goals = [new("goal", "% outside quota", 0.02, "%", o => o.ClientOutsideFraction)],
            Bars = new("", "time outside quota", 0.02, "%", o => o.ClientOutsideFraction),
            Window = 200,
        },
        new("newcomer", "20 slots, five clients wait; one comes whose share is 10. 100 times.", s => Newcomer(s, 100))
        {
            Promises = [NeverIdle, InQuotaOnceSettled, Noted("F4", "time to its share, worst", 1.5, "D"), Noted("F4", "time to its share, mean", 0.8, "D")],
            Goals = [Noted("goal", "time to its share, mean", 0.72, "D"), Noted("goal", "time to its share, worst", 1.25, "D")],
            Bars = Noted("F4", "time to its share, worst", 1.5, "D"),
            Window = 12,
        },
        new("newcomer-below-one", "10 slots, 100 clients wait; one comes whose share is below a slot. 40 times.", NewcomerBelowOne)
        {
            Promises = [NeverIdle, Noted("F4", "wait of its first, in D/s", 1.25)],
            Bars = Noted("F4", "wait of its first, in D/s", 1.25),
            Window = 100,
            ShowsUse = true,
        },
        new("limit-changes", "Limit 20, then 5, 40 and 12, weights 1:2:3:4. 20 times.", LimitChanges)
        {
            Promises = [NeverIdle, InQuotaOnceSettled, Settles(), Noted("F7", "lost in flight", 0)],
            Goals = [new("goal", "worst time to settle", 0.72, "D", o => o.WorstSettling)],
            Bars = Settles(),
            Window = 20,
        },
        new("weight-changes", "20 slots, weights 1:1:2; every 5 D one of them changes.", WeightChanges)
        {
            Promises = [NeverIdle, InQuotaOnceSettled, Settles()],
            Bars = Settles(),
        },
        new("departures", "24 slots, six equal clients; every 6 D one drops all that waits, or comes back.", Departures)
        {
            Promises = [NeverIdle, InQuotaOnceSettled, Settles()],
            Bars = Settles(),
        },
        new("open-loop", "20 slots, three clients that send as a Poisson process: 10, 10 and 5 D of work a D, then 6, 6 and 5.", OpenLoop)
        {
            Promises = [NeverIdle, Noted("F3", "error of the two that want more", 0.015, "%"), Noted("F3", "mean wait of the one that does not", 0.1, "D")],
            Bars = Noted("F3", "mean wait of the one that does not", 0.1, "D"),
        },
        new("cancellations", "12 slots, weights 1:2:3; a third of what waits is cancelled, all of a client's at times.", Cancellations)
        {
            Promises = [NeverIdle, InQuotaOnceSettled, Noted("F9", "demand of the gone", 0)],
            Bars = new("", "mean distance from the share", 1, "", o => o.MeanDeviation),
        },
    ];

    private static void Bursts(Stage stage)
    {
        var simulation = stage.New(20);
        for (var i = 0; i < 8; i++)
        {
            var client = simulation.Add(1 + (i % 4));
            client.Duration = Durations.Uniform(0.5, 1.5);
            simulation.At(2 * i, () => TurnOn(stage, simulation, client));
        }

        simulation.Run(100);
        stage.Measure(simulation, 4000);
    }

    private static void TurnOn(Stage stage, GrantSimulation simulation, SimulatedClient client)
    {
        if (stage.IsOver)
            return;
        client.Left = long.MaxValue;
        simulation.Keep(client, 40);
        simulation.At(simulation.Now + Durations.Exponential(80)(client.Pauses), () => TurnOff(stage, simulation, client));
    }

    private static void TurnOff(Stage stage, GrantSimulation simulation, SimulatedClient client)
    {
        simulation.Leave(client);
        simulation.At(simulation.Now + 2 + Durations.Exponential(80)(client.Pauses), () => TurnOn(stage, simulation, client));
    }

    private static void Newcomer(Stage stage, int runs)
    {
        var times = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var simulation = stage.New(20, run: run);
            simulation.Residents(30, Durations.Uniform(0.5, 1.5), 2, 2, 2, 2, 2);
            simulation.Run(15 + ((double)run / runs));
            var newcomer = simulation.Add(10);
            if (run == 0)
            {
                stage.Name(newcomer, "newcomer, weight 10");
                stage.Name(simulation.Clients[0], "one of five, weight 2");
            }

            newcomer.Duration = Durations.Uniform(0.5, 1.5);
            var arrival = simulation.Now + 3;
            simulation.At(arrival, () => simulation.Keep(newcomer, 30));
            var held = double.PositiveInfinity;
            simulation.Settled = () =>
            {
                // It must hold its share, not touch it: losing it begins the count anew.
                if (newcomer.InFlight < 10)
                    held = double.PositiveInfinity;
                else
                    held = Math.Min(held, simulation.Now - arrival);
            };
            stage.Measure(simulation, 12);
            times.Add(held);
        }

        stage.Outcome.AddNote("time to its share, mean", times.Average());
        stage.Outcome.AddNote("time to its share, worst", times.Max());
    }

    private static void NewcomerBelowOne(Stage stage)
    {
        int[] weights = [1, 2, 5, 10, 20];
        for (var run = 0; run < 40; run++)
        {
            var simulation = stage.New(10, room: 128, run: run);
            simulation.Residents(2, Durations.Uniform(0.5, 1.5), [.. Enumerable.Range(0, 100).Select(i => weights[i % 5])]);
            simulation.Run(40 + (run * 1.37));
            var newcomer = simulation.Add(weights[run % 5]);
            if (run == 0)
            {
                stage.Name(newcomer, "newcomer, weight 1");
                stage.Name(simulation.Clients[4], "one of 100, weight 20");
            }

            newcomer.Duration = Durations.Uniform(0.5, 1.5);
            var share = 10.0 * newcomer.Weight / (760 + newcomer.Weight);
            simulation.At(simulation.Now + 1, () => simulation.Keep(newcomer, 2));
            var record = stage.Measure(simulation, 1 + (1.3 / share));
            stage.Outcome.AddNote("wait of its first, in D/s", record.Of(newcomer).Waits.Select(w => w * share).DefaultIfEmpty(double.PositiveInfinity).First());
        }
    }

    private static void LimitChanges(Stage stage)
    {
        for (var run = 0; run < 20; run++)
        {
            var simulation = stage.New(20, run: run);
            simulation.Residents(60, Durations.Uniform(0.5, 1.5), 1, 2, 3, 4);
            simulation.Run(20 + (run * 0.05));
            foreach (var (limit, i) in LimitsToCome.Select((l, i) => (l, i)))
            {
                simulation.At(simulation.Now + 3 + (5 * i), () =>
                {
                    var held = simulation.Clients.Sum(c => c.Granted - c.Ended);
                    simulation.SetLimit(limit);
                    stage.Outcome.AddNote("lost in flight", Math.Max(0, held - simulation.InFlight));
                });
            }

            stage.Measure(simulation, 20);
        }
    }

    private static void WeightChanges(Stage stage)
    {
        var simulation = stage.New(20);
        var clients = simulation.Residents(40, Durations.Uniform(0.5, 1.5), 1, 1, 2);
        simulation.Run(20);
        int[] weights = [4, 1, 2, 1, 7, 3, 1, 9];
        var step = 0;
        stage.Every(simulation, 5, () =>
        {
            simulation.Change(clients[step % 3], weights[step % 8]);
            step++;
        });
        stage.Measure(simulation, 1000);
    }

    private static void Departures(Stage stage)
    {
        var simulation = stage.New(24);
        var clients = simulation.Residents(40, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1, 1, 1);
        simulation.Run(20);
        var step = 0;
        stage.Every(simulation, 6, () =>
        {
            var client = clients[1 + (step++ * 2 % 5)];
            if (client.Left > 0)
            {
                simulation.Leave(client);
                return;
            }

            client.Left = long.MaxValue;
            simulation.Keep(client, 40);
        });
        stage.Measure(simulation, 1000);
    }

    private static void OpenLoop(Stage stage)
    {
        // The third asks for half its share of ten; what it wants beyond it at times, it has to wait for itself.
        foreach (var (busy, run) in new[] { (10.0, 0), (6.0, 1) })
        {
            var simulation = stage.New(20, run: run);
            var clients = new[] { simulation.Add(1), simulation.Add(1), simulation.Add(2) };
            foreach (var client in clients)
            {
                client.Duration = Durations.LogNormal(1, 1);
                simulation.Stream(client, Durations.Exponential(1 / (client == clients[2] ? 5 : busy)), until: 420);
            }

            simulation.Run(20);
            var record = stage.Measure(simulation, 400);
            stage.Outcome.AddNote("mean wait of the one that does not", record.Of(clients[2]).Waits.DefaultIfEmpty(double.PositiveInfinity).Average());
            if (run == 0)
                stage.Outcome.AddNote("error of the two that want more", Math.Abs((record.Used(clients[0]) / record.Used(clients[1])) - 1));
        }
    }

    private static void Cancellations(Stage stage)
    {
        var simulation = stage.New(12);
        var clients = simulation.Residents(30, Durations.Uniform(0.5, 1.5), 1, 2, 3);
        simulation.Run(20);
        stage.Every(simulation, 0.5, () =>
        {
            foreach (var client in clients)
            {
                foreach (var waiter in client.Queue.Where(r => r.Sequence % 3 == 0).ToArray())
                {
                    stage.Cancel(simulation, waiter);
                    simulation.Keep(client, 1);
                }
            }
        });
        stage.Every(simulation, 10, () =>
        {
            var client = clients[simulation.Random.Next(3)];
            var left = client.Queue.Count;
            foreach (var waiter in client.Queue.ToArray())
                stage.Cancel(simulation, waiter);
            stage.Outcome.AddNote("demand of the gone", client.Demand - client.InFlight);
            simulation.At(simulation.Now + 4, () => simulation.Keep(client, left));
        });
        stage.Measure(simulation, 500);
    }
}
