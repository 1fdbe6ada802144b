using System.Net;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Server;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo;

/// <summary>One run: start the server, warm up, send the load, stop the server, measure.</summary>
/// <param name="scenario">What is sent.</param>
/// <param name="sharing">What shares the slots.</param>
/// <param name="view">What shows it.</param>
/// <param name="mayChange">Whether the user may change the load while it goes on.</param>
internal sealed class DemoRun(Scenario scenario, Sharing sharing, IRunView view, bool mayChange)
{
    private readonly LoadChanges _changes = new(scenario, sharing);
    private readonly RequestLog _log = new(scenario.AllRequests, scenario.Clients.Count);

    /// <summary>What the first failed request ended in.</summary>
    public Exception? FirstError => _log.FirstError;

    /// <exception cref="RunFailedException">It could not be carried out.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        int capacity = Math.Max(scenario.AllRequests, WarmUp.Requests(scenario.Limit));
        await using ServerProcess process = await ServerProcess.StartAsync(scenario.Limit, scenario.Clients.Count, capacity, cancellationToken);
        using var server = new ServerConnection(process.Port);
        try
        {
            await using (IGate warmUp = MakeGate(server))
            {
                await WarmUp.RunAsync(scenario.Limit, warmUp, cancellationToken);
            }

            await server.ResetAsync(cancellationToken);
            GC.Collect();

            view.Started(scenario, sharing);
            await SendAsync(server, cancellationToken);
            ServerState state = await server.ReadStateAsync(cancellationToken);
            HoldRecord[] holds = await server.ReadLogAsync(cancellationToken);
            return RunMeasurement.Measure(scenario, sharing, _log.Records, state, holds, _changes);
        }
        catch (HttpRequestException e)
        {
            throw new RunFailedException($"the server could not be reached any more ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private async Task SendAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        IGate gate = MakeGate(new LoggedServer(server, _log));
        var load = new LoadRun(scenario, gate, _log, view);
        LoadControl? control = mayChange && gate is BalancerGate own ? new LoadControl(scenario, own.Balancer, server, load, _changes) : null;
        Task run = load.RunAsync(cancellationToken);
        if (control is not null)
        {
            _changes.Happened = what => view.Changed(what, load.Elapsed);
            view.Controlled(control);
        }

        if (await new Sampler(scenario, _changes, server, _log, view).WatchAsync(load, run, cancellationToken))
        {
            await run;
            await (control?.FinishAsync() ?? Task.CompletedTask);
            await gate.DisposeAsync();
        }

        // After a standstill the gate is left as it is: to dispose it would wait for requests that do not end. They are reported as lost.
    }

    private IGate MakeGate(IServer<WorkRequest, HttpStatusCode> server) =>
        sharing == Sharing.Semaphore ? new SemaphoreGate(scenario.Limit, server) : new BalancerGate(sharing, scenario.Limit, server);
}
