using System.Net;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo;

/// <summary>One run: start the server, warm up, send the load, stop the server, measure.</summary>
internal sealed class DemoRun(Scenario scenario, Sharing sharing, IRunView view)
{
    private readonly LoadChanges _changes = new(scenario, sharing);
    private readonly RequestLog _log = new(scenario.Requests.Count, scenario.Clients.Count);

    /// <summary>What the first failed request ended in.</summary>
    public Exception? FirstError => _log.FirstError;

    /// <exception cref="RunFailedException">It could not be carried out.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        int capacity = Math.Max(scenario.Requests.Count, WarmUp.Requests(scenario.Limit));
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

            view.Started(scenario, sharing.Name);
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
        Task run = load.RunAsync(cancellationToken);
        if (await new Sampler(scenario, sharing, server, _log, view).WatchAsync(load, run, cancellationToken))
        {
            await run;
            await gate.DisposeAsync();
        }

        // After a standstill the gate is left as it is: to dispose it would wait for requests that do not end. They are reported as lost.
    }

    private IGate MakeGate(IServer<WorkRequest, HttpStatusCode> server) =>
        sharing == Sharing.Semaphore ? new SemaphoreGate(scenario.Limit, server) : new BalancerGate(sharing, scenario.Limit, server);
}
