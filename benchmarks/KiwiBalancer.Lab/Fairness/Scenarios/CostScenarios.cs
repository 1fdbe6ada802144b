using KiwiBalancer.Lab.Simulation;
using static KiwiBalancer.Lab.Fairness.Promises;

namespace KiwiBalancer.Lab.Fairness.Scenarios;

/// <summary>Requests that take more than one slot.</summary>
internal static class CostScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("costs-1-to-4", "16 slots, six equal clients, every request costs 1 to 4.", OneToFour)
        {
            Promises = [IdleAtMost(3.0 / 16), InQuota, Proportional()],
            Goals = [new("goal", "slots idle", 0.062, "%", o => o.IdleFraction), Jain(0.997)],
            Bars = InQuota,
        },
        Own(20, [1, 1, 1], [1, 6, 3]),
        Own(20, [2, 1, 3], [1, 6, 3]),
        Own(6, [1, 1], [1, 2]),
        Own(12, [2, 1], [2, 3]),
        Own(16, [1, 1], [1, 8]),
        Own(10, [1, 1, 1], [1, 1, 4]),
        Own(40, [1, 1, 1], [3, 5, 7]),
        Own(16, [1, 1, 1, 1], [4, 4, 4, 1]),
        Own(24, [3, 2, 1, 1, 1], [1, 2, 3, 4, 5]),
        new("wide-heads", "Ten of cost 1 and one whose requests of cost 8 wait on 12 slots: how long they are passed.", WideHeads)
        {
            Promises = [IdleAtMost(7.0 / 12), Noted("F8", "wide head is passed, in D/s", 3)],
            Bars = Noted("F8", "wide head is passed, in D/s", 3),
        },
    ];

    private static void OneToFour(Stage stage)
    {
        var simulation = stage.New(16);
        foreach (var client in simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1, 1, 1))
            client.Cost = random => 1 + random.Next(4);
        simulation.Run(200);
        stage.Measure(simulation, 5000, tolerance: 3);
    }

    private static Scenario Own(int limit, int[] weights, int[] costs)
    {
        var equal = weights.Distinct().Count() == 1;
        var name = $"costs-{string.Join('-', costs)}{(equal ? "" : $"-weights-{string.Join('-', weights)}")}";
        return new(name, $"{limit} slots, weights {string.Join(':', weights)}, each client's requests cost the same: {string.Join(", ", costs)}.", stage =>
        {
            var simulation = stage.New(limit);
            foreach (var client in simulation.Residents(20, Durations.Uniform(0.5, 1.5), weights))
            {
                client.Cost = _ => costs[client.Index];
                stage.Name(client, $"cost {costs[client.Index]}, weight {client.Weight}");
            }

            simulation.Run(200);
            stage.Measure(simulation, 3000, costs.Max() - 1);
        })
        {
            Promises = [IdleAtMost((costs.Max() - 1.0) / limit), InQuota, Proportional()],
            Bars = InQuota,
        };
    }

    private static void WideHeads(Stage stage)
    {
        var simulation = stage.New(12);
        var clients = simulation.Residents(20, Durations.Uniform(0.5, 1.5), [.. Enumerable.Repeat(1, 11)]);
        var wide = stage.Name(clients[0], "cost 8");
        stage.Name(clients[1], "cost 1");
        wide.Cost = _ => 8;
        wide.Left = 0;
        simulation.Run(100);

        // One at a time, each sent when the last has been paid for: what it waits is what it is passed.
        const double Share = 12.0 / 11;
        stage.Every(simulation, 1.5 * 8 / Share, () => simulation.Send(wide));
        var record = stage.Measure(simulation, 1500, tolerance: 7);
        stage.Outcome.AddNote("wide head is passed, in D/s", record.Of(wide).Waits.DefaultIfEmpty(double.PositiveInfinity).Max() * Share / 8);
    }
}
