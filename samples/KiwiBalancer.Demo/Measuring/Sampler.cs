using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Server;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Shows the run at regular intervals, and notices when it has come to a standstill.</summary>
internal sealed class Sampler
{
    private static readonly TimeSpan StandstillGrace = TimeSpan.FromSeconds(10);
    private readonly Scenario _scenario;
    private readonly ServerConnection _server;
    private readonly RequestLog _log;
    private readonly IRunView _view;
    private readonly LoadChanges _changes;
    private InForce? _term;
    private WaterFilling? _filling;

    public Sampler(Scenario scenario, LoadChanges changes, ServerConnection server, RequestLog log, IRunView view)
    {
        _scenario = scenario;
        _server = server;
        _log = log;
        _view = view;
        _changes = changes;
    }

    /// <returns>True when the run is over; false when requests are open but none has ended for longer than the longest one takes.</returns>
    public async Task<bool> WatchAsync(LoadRun load, Task run, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_view.SampleEvery(_scenario), TimeProvider.System);
        int ended = -1;
        TimeSpan lastProgress = load.Elapsed;
        while (!run.IsCompleted)
        {
            Task<bool> tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(run, tick) == run)
            {
                break;
            }

            await tick;
            await ShowAsync(load.Elapsed, cancellationToken);
            if (_log.TotalEnded() is var now && (now != ended || !AnyOpen() || _changes.Terms[^1].Limit == 0))
            {
                ended = now;
                lastProgress = load.Elapsed;
            }
            else if (load.Elapsed - lastProgress > _scenario.LongestHold + StandstillGrace)
            {
                return false;
            }
        }

        return true;
    }

    private bool AnyOpen() => Enumerable.Range(0, _scenario.Clients.Count).Any(c => _log.Counts(c) is var n && n.Sent > n.Ended);

    private async Task ShowAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        try
        {
            ServerState state = await _server.ReadStateAsync(cancellationToken);
            _view.Show(new RunSample(at, state.Limit, state.ByClient.Sum(), state.MaxInFlight, state.Violations, state.SlotMilliseconds / 1000.0, Clients(state)));
        }
        catch (HttpRequestException)
        {
            // The requests themselves will tell if the server is gone.
        }
    }

    private ClientSample[] Clients(ServerState state)
    {
        (int Sent, int Granted, int Ended)[] counts = [.. _scenario.Clients.Select((_, i) => _log.Counts(i))];
        double[] shares = new double[counts.Length];
        if (_changes.Terms[^1] is var term && (_filling is null || term != _term))
        {
            (_term, _filling) = (term, new WaterFilling(term.Limit, term.Weights));
        }

        _filling.Fill([.. counts.Select(c => c.Sent - c.Ended)], shares);
        return [.. _scenario.Clients.Select((c, i) => Client(c, _changes.WeightOf(i), state.ByClient[i], shares[i], counts[i]))];
    }

    // What was rejected was sent and has ended, and never was granted anything.
    private static ClientSample Client(ClientPlan plan, int weight, int inFlight, double share, (int Sent, int Granted, int Ended) counts) =>
        new(plan.Name, weight, inFlight, share, counts.Sent > counts.Ended ? Math.Max(0, counts.Sent - counts.Granted) : 0, counts.Sent, counts.Ended, plan.Requests);
}
