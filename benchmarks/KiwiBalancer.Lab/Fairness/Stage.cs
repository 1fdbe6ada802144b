using KiwiBalancer.Lab.Rivals;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>Where a scenario is played under one policy: it makes simulations, keeps watch over each, and collects what is measured.</summary>
internal sealed class Stage(Contestant contestant, int seed, double window)
{
    private const int MostClientsListed = 8;

    private readonly List<GrantSimulation> _simulations = [];
    private readonly Dictionary<SimulatedClient, string> _names = [];
    private readonly List<SimulatedRequest> _cancelled = [];

    public Outcome Outcome { get; } = new();

    /// <summary>Whether everything has been measured: loads of their own making must come to an end.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Plays a scenario from the first request to the last.</summary>
    public static Outcome Play(Scenario scenario, Contestant contestant, int seed)
    {
        var stage = new Stage(contestant, seed, scenario.Window);
        try
        {
            scenario.Play(stage);
            stage.Close();
        }
        catch (InvalidOperationException broken)
        {
            // The simulation noticed a grant above the limit or of a request that is not there.
            stage.Outcome.Failure = broken.Message;
        }

        return stage.Outcome;
    }

    /// <summary>A simulation of this stage's policy.</summary>
    /// <param name="limit">Its slots.</param>
    /// <param name="room">The most clients it will have.</param>
    /// <param name="run">Distinguishes the randomness of several simulations.</param>
    public GrantSimulation New(int limit, int room = 64, int run = 0)
    {
        var simulation = new GrantSimulation(limit, unchecked((seed * 7919) + run), contestant.New(), room);
        var last = new Dictionary<SimulatedClient, long>();
        simulation.Granted = request =>
        {
            // Only a head that was too wide for the limit may be passed by its own client's next.
            if (request.Sequence < last.GetValueOrDefault(request.Client, -1) && request.Cost == 1)
                Outcome.OutOfOrder++;
            last[request.Client] = request.Sequence;
        };
        _simulations.Add(simulation);
        return simulation;
    }

    public SimulatedClient Name(SimulatedClient client, string name)
    {
        _names[client] = name;
        return client;
    }

    /// <summary>Cancels a waiter, and watches that it never runs.</summary>
    public void Cancel(GrantSimulation simulation, SimulatedRequest request)
    {
        if (request.HasStarted)
            return;
        _cancelled.Add(request);
        simulation.Cancel(request);
    }

    /// <summary>Does something again and again until everything has been measured.</summary>
    public void Every(GrantSimulation simulation, double period, Action action) => simulation.At(simulation.Now + period, () =>
    {
        if (IsOver)
            return;
        action();
        Every(simulation, period, action);
    });

    /// <summary>Runs for so long and measures meanwhile; the first measurement is the one that is listed and drawn.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <param name="time">How long.</param>
    /// <param name="tolerance">Slots a client may be outside its quota: the largest cost - 1.</param>
    public FairnessRecord Measure(GrantSimulation simulation, double time, int tolerance = 0)
    {
        var isFirst = Outcome.Trace is null;
        if (isFirst)
        {
            var shown = Shown(simulation);
            Outcome.Trace = new SlotTrace(shown, shown.Count == simulation.Clients.Count, simulation.Now, Math.Min(time, window));
        }

        var record = simulation.Begin(tolerance, isFirst ? Outcome.Trace!.Observe : null);
        simulation.Run(simulation.Now + time);
        simulation.End();
        Outcome.Add(record);
        if (isFirst)
            Outcome.Clients.AddRange(Shown(simulation).Select(shown => ClientOutcome.Of(shown.Name, shown.Client, record)));
        return record;
    }

    // All named clients, or the first few.
    private List<(SimulatedClient Client, string Name)> Shown(GrantSimulation simulation)
    {
        var named = simulation.Clients.Where(_names.ContainsKey).Select(c => (c, $"{_names[c]}")).ToList();
        return named.Count > 0
            ? named
            : simulation.Clients.Take(MostClientsListed).Select((c, i) => (c, $"client {i + 1}, weight {c.Weight}")).ToList();
    }

    private void Close()
    {
        IsOver = true;
        foreach (var simulation in _simulations)
        {
            foreach (var client in simulation.Clients)
                client.Left = 0;
            simulation.RunToEnd();
            Outcome.Events += simulation.Events;
            Outcome.NotEnded += simulation.InFlight + simulation.Clients.Sum(c => c.Queue.Count) + simulation.Clients.Sum(c => c.Granted - c.Ended);
        }

        Outcome.CancelledButRun += _cancelled.Count(r => r.HasStarted);
    }
}
