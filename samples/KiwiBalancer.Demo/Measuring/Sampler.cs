using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Shows the run at regular intervals, and notices when it has come to a standstill.</summary>
internal sealed class Sampler
{
    private static readonly TimeSpan StandstillGrace = TimeSpan.FromSeconds(10);
    private readonly Scenario _scenario;
    private readonly ServerConnection _server;
    private readonly RequestLog _log;
    private readonly IRunView _view;
    private readonly WaterFilling _filling;

    public Sampler(Scenario scenario, Sharing sharing, ServerConnection server, RequestLog log, IRunView view)
    {
        _scenario = scenario;
        _server = server;
        _log = log;
        _view = view;
        _filling = new WaterFilling(scenario.Limit, scenario.Clients.Select(c => sharing.WeightsCount ? c.Weight : 1));
    }

    /// <returns>True when the run is over; false when requests are open but none has ended for longer than the longest one takes.</returns>
    public async Task<bool> WatchAsync(LoadRun load, Task run, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_scenario.LeastDuration.TotalSeconds > 20 ? 1 : 0.5), TimeProvider.System);
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
            if (_log.TotalEnded() is var now && (now != ended || !AnyOpen()))
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
            _view.Show(new RunSample(at, state.ByClient.Sum(), Clients(state)));
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
        _filling.Fill([.. counts.Select(c => c.Sent - c.Ended)], shares);
        return [.. _scenario.Clients.Select((c, i) => new ClientSample(c.Name, state.ByClient[i], shares[i], counts[i].Sent - counts[i].Granted, counts[i].Ended, c.Requests))];
    }
}
