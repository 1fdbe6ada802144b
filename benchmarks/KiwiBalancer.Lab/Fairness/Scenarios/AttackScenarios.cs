using KiwiBalancer.Lab.Simulation;
using static KiwiBalancer.Lab.Fairness.Promises;

namespace KiwiBalancer.Lab.Fairness.Scenarios;

/// <summary>
/// A client plays tricks to get more than its share, or to keep others from theirs. What it may gain is stated as a bound: slot-seconds above what it would have had by
/// waiting honestly. (Splitting into a hundred names gains a hundred shares by design: who is one client is the host's business.)
/// </summary>
internal static class AttackScenarios
{
    private const string Gain = "of the attacker";
    private const string Loss = "lost by an honest one";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Attack("attack-late-cancel", "Cancels its head again and again, and sends anew, to be seen wanting without being served.", LateCancel, 0.015, 0.015),
        Attack("attack-blink", "Drops all that waits every 0.25 D and sends it again in the same instant, to be a newcomer for ever.", Blink, 0.015, 0.015),
        Attack("attack-come-and-go", "3 slots, six clients (share 0.5): runs one request for 10 D, goes away in debt, comes back 1 D later.", ComeAndGo, 0.05, 0.015) with { ShowsUse = true, Window = 100 },
        Attack("attack-huge-then-tiny", "Takes all slots while alone, for 100 D each, then sends tiny requests: counted from when its huge ones have ended.", HugeThenTiny, 0.015, 0.015),
        Attack("attack-tiny-bait", "99 requests in 100 run for 0.01 D, the hundredth for 100 D: its mean says nothing.", TinyBait, 0.015, 0.015),
        Attack("attack-flap-weight", "Has its weight raised to 9 and lowered to 1 every D: against the ideal that flaps with it.", FlapWeight, 0.03, 0.03) with { Window = 10 },
        Attack("attack-hoard-idle", "Idles for 1,000 D, then wants everything: the 30 D after.", HoardIdle, 0.04, 0.04) with { ShowsUse = true, Window = 100 },
        Attack("attack-flap-demand", "Wants two slots, then three, then two (share 2.5), to be taken for satisfied and get each slot by right.", FlapDemand, 0.015, 0.015),
        Attack("attack-cost-switch", "Sends costs 1 and 4 in turn among clients of cost 1, to be let beyond its share by the width of a request.", CostSwitch, 0.015, 0.05),
        Attack("attack-flood", "Keeps 5,000 waiting beside a client that never has more than four outstanding (share 5).", Flood, 0.1, 0.1,
            Noted("F4", "wait of the quiet one, p99", 0.5, "D")),
        Attack("attack-new-names", "A new name for every request, one at a time (2 slots, share 0.4): each name is new, and none owes anything.", NewNames, 0.05, 0.05) with { ShowsUse = true, Window = 100 },
        Attack("attack-hundred-names", "Splits into 100 names beside one honest client: by design each name is a client, and has one share.", HundredNames, 0.015, 0.015) with { ShowsUse = true, Window = 100 },
        Attack("attack-slow-slice", "A request of 1,000 D makes the mean request long, to make newcomers wait behind what is owed.", SlowSlice, 0.05, 0.05,
            Noted("F4", "newcomer to its share", 1.5, "D")),
        Attack("attack-cap-flap", "Its cap flips between 1 and none every 0.7 D, against the ideal that flips with it.", CapFlap, 0.015, 0.015) with { Window = 10 },
        new("attack-reserve-and-cancel", "10 slots: sends requests of cost 8 and cancels each just before it would start, so that slots stand reserved for nobody.", ReserveAndCancel)
        {
            Promises = [Noted("F1", "slots kept idle", 0.35, "%")],
            Bars = Noted("F1", "slots kept idle", 0.35, "%"),
        },
    ];

    private static Scenario Attack(string name, string what, Action<Stage> play, double gain, double loss, params Bound[] more) => new(name, what, play)
    {
        Promises = [.. name == "attack-cost-switch" ? Array.Empty<Bound>() : [NeverIdle], Noted("gain", Gain, gain, "%"), Noted("gain", Loss, loss, "%"), .. more],
        Bars = Noted("gain", Gain, gain, "%"),
    };

    // Ten slots, an attacker and three honest clients of equal weight, 2.5 slots each.
    private static (GrantSimulation Simulation, SimulatedClient Attacker) Four(Stage stage, int outstanding = 20)
    {
        var simulation = stage.New(10);
        var clients = simulation.Residents(outstanding, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1);
        stage.Name(clients[0], "attacker");
        stage.Name(clients[1], "honest");
        simulation.Run(30);
        return (simulation, clients[0]);
    }

    /// <summary>Gain and loss against what each would have had by waiting all the time.</summary>
    private static void Compare(Stage stage, FairnessRecord record, SimulatedClient attacker, double share, params IEnumerable<SimulatedClient> honest)
    {
        stage.Outcome.AddNote(Gain, (record.Average(attacker) / share) - 1);
        foreach (var client in honest)
            stage.Outcome.AddNote(Loss, 1 - (record.Used(client) / record.Entitled(client)));
    }

    private static void LateCancel(Stage stage)
    {
        var (simulation, attacker) = Four(stage);
        stage.Every(simulation, 0.1, () =>
        {
            if (attacker.Queue.First is not { } head)
                return;
            stage.Cancel(simulation, head.Value);
            simulation.Keep(attacker, 1);
        });
        Compare(stage, stage.Measure(simulation, 1000), attacker, 2.5, simulation.Clients.Skip(1));
    }

    private static void Blink(Stage stage)
    {
        var (simulation, attacker) = Four(stage);
        stage.Every(simulation, 0.25, () =>
        {
            var waiting = attacker.Queue.Count;
            foreach (var waiter in attacker.Queue.ToArray())
                stage.Cancel(simulation, waiter);
            simulation.Keep(attacker, waiting);
        });
        Compare(stage, stage.Measure(simulation, 1000), attacker, 2.5, simulation.Clients.Skip(1));
    }

    private static void ComeAndGo(Stage stage)
    {
        var simulation = stage.New(3);
        var clients = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1, 1);
        var attacker = stage.Name(simulation.Add(), "attacker");
        stage.Name(clients[0], "honest");
        attacker.Duration = Durations.Constant(10);
        attacker.Think = Durations.Constant(1);
        simulation.Keep(attacker, 1);
        simulation.Run(100);
        Compare(stage, stage.Measure(simulation, 5000), attacker, 0.5, clients);
    }

    private static void HugeThenTiny(Stage stage)
    {
        var simulation = stage.New(10);
        var attacker = stage.Name(simulation.Add(), "attacker");
        for (var i = 0; i < 10; i++)
            simulation.Send(attacker, duration: 100);
        simulation.Run(1);
        attacker.Duration = Durations.Uniform(0.05, 0.15);
        simulation.Keep(attacker, 50);
        var honest = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1);
        stage.Name(honest[0], "honest");
        simulation.Run(102);
        Compare(stage, stage.Measure(simulation, 500), attacker, 2.5, honest);
    }

    private static void TinyBait(Stage stage)
    {
        var (simulation, attacker) = Four(stage);
        attacker.Duration = random => random.Next(100) == 0 ? 100 : 0.01;
        simulation.Run(100);
        Compare(stage, stage.Measure(simulation, 8000), attacker, 2.5, simulation.Clients.Skip(1));
    }

    private static void FlapWeight(Stage stage)
    {
        var (simulation, attacker) = Four(stage);
        stage.Every(simulation, 1, () => simulation.Change(attacker, 10 - attacker.Weight));
        simulation.Change(attacker, 9);
        var record = stage.Measure(simulation, 1000);
        Compare(stage, record, attacker, record.Entitled(attacker) / record.Time, simulation.Clients.Skip(1));
    }

    private static void HoardIdle(Stage stage)
    {
        var simulation = stage.New(3);
        var clients = simulation.Residents(10, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1);
        stage.Name(clients[0], "attacker");
        stage.Name(clients[1], "honest");
        simulation.Run(10);
        simulation.Leave(clients[0]);
        simulation.Run(1010);
        clients[0].Left = long.MaxValue;
        simulation.Keep(clients[0], 10);
        Compare(stage, stage.Measure(simulation, 30), clients[0], 0.75, clients[1..]);
    }

    private static void FlapDemand(Stage stage)
    {
        var simulation = stage.New(10);
        var honest = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1);
        var attacker = stage.Name(simulation.Add(), "attacker");
        stage.Name(honest[0], "honest");
        attacker.Duration = Durations.Uniform(0.5, 1.5);
        simulation.Keep(attacker, 2);
        SimulatedRequest? third = null;
        stage.Every(simulation, 0.3, () =>
        {
            if (third is { HasStarted: false, IsCancelled: false })
                stage.Cancel(simulation, third);
            else if (attacker.InFlight < 3)
                third = simulation.Send(attacker);
        });
        simulation.Run(30);
        Compare(stage, stage.Measure(simulation, 1000), attacker, 2.5, honest);
    }

    private static void CostSwitch(Stage stage)
    {
        var (simulation, attacker) = Four(stage);
        var wide = false;
        attacker.Cost = _ => (wide = !wide) ? 4 : 1;
        simulation.Run(60);
        Compare(stage, stage.Measure(simulation, 2000, tolerance: 3), attacker, 2.5, simulation.Clients.Skip(1));
    }

    private static void Flood(Stage stage)
    {
        var simulation = stage.New(10);
        var attacker = stage.Name(simulation.Residents(5000, Durations.Uniform(0.5, 1.5), 1)[0], "attacker");
        var quiet = stage.Name(simulation.Residents(4, Durations.Uniform(0.5, 1.5), 1)[0], "quiet, four outstanding");
        simulation.Run(30);
        var record = stage.Measure(simulation, 500);

        // The quiet one's four are all it wants; the attacker may have what is left, six, and what stands between two of the quiet one's requests.
        Compare(stage, record, attacker, 6, quiet);
        stage.Outcome.AddNote("wait of the quiet one, p99", WaitOutcome.Of(record.Of(quiet).Waits).P99);
    }

    private static void NewNames(Stage stage)
    {
        var simulation = stage.New(2, room: 4000);
        var honest = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1, 1);
        stage.Name(honest[0], "honest");
        var names = new List<SimulatedClient>();
        void SendUnderANewName()
        {
            if (stage.IsOver || names.Count == 3900)
                return;
            var name = simulation.Add();
            names.Add(name);
            simulation.Send(name, duration: 1).Ended = () => simulation.At(simulation.Now, SendUnderANewName);
        }

        SendUnderANewName();
        simulation.Run(30);
        var record = stage.Measure(simulation, 1000);
        stage.Outcome.AddNote(Gain, (names.Sum(record.Used) / record.Time / 0.4) - 1);
        foreach (var client in honest)
            stage.Outcome.AddNote(Loss, 1 - (record.Used(client) / record.Entitled(client)));
    }

    private static void HundredNames(Stage stage)
    {
        var simulation = stage.New(10, room: 101);
        var clients = simulation.Residents(3, Durations.Uniform(0.5, 1.5), [.. Enumerable.Repeat(1, 101)]);
        stage.Name(clients[0], "honest");
        stage.Name(clients[1], "one of 100 names");
        simulation.Run(50);
        var record = stage.Measure(simulation, 5000);
        stage.Outcome.AddNote(Gain, (clients[1..].Sum(record.Average) / (10.0 * 100 / 101)) - 1);
        stage.Outcome.AddNote(Loss, 1 - (record.Used(clients[0]) / record.Entitled(clients[0])));
    }

    private static void SlowSlice(Stage stage)
    {
        var simulation = stage.New(10);
        var clients = simulation.Residents(20, Durations.Uniform(0.5, 1.5), [.. Enumerable.Repeat(1, 10)]);
        var attacker = stage.Name(clients[0], "attacker");
        simulation.Run(20);
        simulation.Leave(attacker);
        simulation.Run(22);
        simulation.Send(attacker, duration: 1000);
        simulation.Run(1030);
        attacker.Left = long.MaxValue;
        simulation.Keep(attacker, 20);
        var newcomer = stage.Name(simulation.Add(10), "newcomer");
        newcomer.Duration = Durations.Uniform(0.5, 1.5);
        var arrival = simulation.Now + 3;
        var reached = double.PositiveInfinity;
        simulation.At(arrival, () => simulation.Keep(newcomer, 20));
        simulation.Settled = () => reached = newcomer.InFlight >= 5 ? Math.Min(reached, simulation.Now - arrival) : reached;
        var record = stage.Measure(simulation, 500);
        stage.Outcome.AddNote("newcomer to its share", reached);
        Compare(stage, record, attacker, record.Entitled(attacker) / record.Time, clients[1..]);
    }

    private static void CapFlap(Stage stage)
    {
        var (simulation, attacker) = Four(stage);
        stage.Every(simulation, 0.7, () => simulation.Change(attacker, 1, attacker.Cap == 1 ? int.MaxValue : 1));
        var record = stage.Measure(simulation, 1000);
        Compare(stage, record, attacker, 2.5, simulation.Clients.Skip(1));
    }

    private static void ReserveAndCancel(Stage stage)
    {
        var simulation = stage.New(10);
        var honest = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 1, 1, 1);
        stage.Name(honest[0], "honest");
        var attacker = stage.Name(simulation.Add(), "attacker");
        SimulatedRequest? bait = null;
        simulation.Settled = () =>
        {
            // Seven of the eight are free: the next that comes back would be its.
            if (bait is { HasStarted: false, IsCancelled: false } && simulation.Limit - simulation.InFlight >= 7)
                simulation.At(simulation.Now, () => stage.Cancel(simulation, bait));
        };
        stage.Every(simulation, 0.1, () =>
        {
            if (bait is null or { IsCancelled: true } || bait.HasStarted)
                bait = simulation.Send(attacker, cost: 8, duration: 1);
        });
        simulation.Run(30);
        var record = stage.Measure(simulation, 500, tolerance: 7);
        stage.Outcome.AddNote("slots kept idle", 1 - (simulation.Clients.Sum(record.Used) / (10 * record.Time)));
    }
}
