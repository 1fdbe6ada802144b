using System.Text.Json;
using KiwiBalancer.Demo;
using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report.Chart;
using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Fleet.Arguments;
using KiwiBalancer.Fleet.Report;
using KiwiBalancer.Fleet.Report.Live;
using KiwiBalancer.Fragile;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet;

/// <summary>From a command line to an exit code.</summary>
internal static class FleetApp
{
    /// <summary>Runs the fleet.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the run is shown.</param>
    /// <param name="error">Where wrong arguments and broken guarantees are named, one a line.</param>
    /// <param name="terminal">Where the run is drawn while it goes on; null where there is none, and lines are written instead.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, ITerminal? terminal = null)
    {
        FleetArguments arguments;
        try
        {
            var command = new FleetCommand();
            if (command.TryShowHelp(args, output))
            {
                return ExitCode.Kept;
            }

            arguments = command.Parse(args);
        }
        catch (WrongArgumentException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCode.WrongArguments;
        }

        using var interrupt = new Interrupt();
        try
        {
            return await RunAsync(arguments, output, error, terminal, interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            await error.WriteLineAsync("interrupted: all processes were stopped and nothing was reported");
            return ExitCode.Interrupted;
        }
        catch (Exception failed) when (failed is RunFailedException or ServerFailedException or HttpRequestException or RedisException)
        {
            await error.WriteLineAsync(failed.Message.ReplaceLineEndings(" "));
            return ExitCode.Broken;
        }
    }

    private static async Task<int> RunAsync(FleetArguments arguments, TextWriter output, TextWriter error, ITerminal? terminal, CancellationToken cancellationToken)
    {
        FleetReport report;
        RunResult picture;
        await using (FleetLiveView? live = terminal is not null && !arguments.Plain ? new FleetLiveView(terminal, arguments.Chaos ?? arguments.Seconds) : null)
        {
            IFleetView view = live ?? (IFleetView)new PlainFleetView(output, TimeSpan.FromSeconds(arguments.Chaos > 120 ? 5 : 1));
            (report, picture) = await new FleetRun(arguments, view).RunAsync(cancellationToken);
        }

        await output.WriteLineAsync();
        foreach (string line in FleetText.Lines(report))
        {
            await output.WriteLineAsync(line);
        }

        if (arguments.JsonPath is { } json)
        {
            await WriteAsync(json, JsonSerializer.Serialize(report, FleetJsonContext.Default.FleetReport) + "\n");
        }

        if (arguments.ChartPath is { } chart)
        {
            Picture.Save(chart, [picture]);
        }

        string[] broken = [.. FleetGuarantees.Broken(report, arguments.LeastUtilisation)];
        foreach (string line in broken)
        {
            await error.WriteLineAsync(line);
        }

        await output.WriteLineAsync(FleetText.Summary(report));
        return broken.Length == 0 ? ExitCode.Kept : ExitCode.Broken;
    }

    private static async Task WriteAsync(string path, string text)
    {
        try
        {
            await File.WriteAllTextAsync(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"the result could not be written to '{path}' ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }
}
