using System.Net;
using System.Text.Json;
using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo;

/// <summary>One run: start the server, warm up, send the load, stop the server, report, judge.</summary>
internal sealed class DemoRun(DemoArguments arguments, Scenario scenario, TextWriter output, TextWriter error)
{
    private readonly PlainView _view = new(output);
    private readonly RequestLog _log = new(scenario.Requests.Count, scenario.Clients.Count);

    /// <exception cref="RunFailedException">It could not be carried out.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        RunReport report = await MeasureAsync(cancellationToken);
        _view.Ended(report);
        if (arguments.JsonPath is { } path)
        {
            await WriteJsonAsync(report, path);
        }

        string[] broken = [.. Guarantees.Broken(report, arguments.LeastUtilisation, fairnessPromised: !arguments.SemaphoreBaseline)];
        foreach (string line in broken)
        {
            await error.WriteLineAsync(line);
        }

        if (_log.FirstError is { } first)
        {
            await error.WriteLineAsync($"the first exception was {first.GetType().Name}: {first.Message.ReplaceLineEndings(" ")}");
        }

        return broken.Length == 0 ? ExitCode.Kept : ExitCode.Broken;
    }

    private async Task<RunReport> MeasureAsync(CancellationToken cancellationToken)
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

            _view.Started(scenario, arguments.Strategy);
            await SendAsync(server, cancellationToken);
            ServerState state = await server.ReadStateAsync(cancellationToken);
            HoldRecord[] holds = await server.ReadLogAsync(cancellationToken);
            return RunMeasurement.Measure(scenario, arguments.Strategy, _log.Records, state, holds);
        }
        catch (HttpRequestException e)
        {
            throw new RunFailedException($"the server could not be reached any more ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private async Task SendAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        IGate gate = MakeGate(new LoggedServer(server, _log));
        var load = new LoadRun(scenario, gate, _log, _view);
        Task run = load.RunAsync(cancellationToken);
        if (await new Sampler(scenario, server, _log, _view).WatchAsync(load, run, cancellationToken))
        {
            await run;
            await gate.DisposeAsync();
        }

        // After a standstill the gate is left as it is: to dispose it would wait for requests that do not end. They are reported as lost.
    }

    private IGate MakeGate(IServer<WorkRequest, HttpStatusCode> server) =>
        arguments.SemaphoreBaseline ? new SemaphoreGate(scenario.Limit, server) : new BalancerGate(scenario.Limit, server);

    private static async Task WriteJsonAsync(RunReport report, string path)
    {
        try
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, ReportJsonContext.Default.RunReport) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"the result could not be written to '{path}' ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }
}
