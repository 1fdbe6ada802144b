using System.Text.Json;
using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Report.Chart;
using KiwiBalancer.Demo.Report.Live;

namespace KiwiBalancer.Demo;

/// <summary>Everything between the command line and the exit code: run, report, draw, judge.</summary>
internal sealed class DemoSession(DemoArguments arguments, Scenario scenario, TextWriter output, TextWriter error, ITerminal? terminal)
{
    /// <exception cref="RunFailedException">It could not be carried out.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<RunResult>();
        Exception? firstError = null;
        foreach (Sharing sharing in arguments.Baseline == Baseline.Both ? [arguments.Sharing, Sharing.Semaphore] : (Sharing[])[arguments.Sharing])
        {
            await using LiveView? live = IsLive ? new LiveView(terminal!, output) : null;
            live?.Announce(sharing);
            IRunView view = live ?? (IRunView)new PlainView(output);

            // Two runs are compared, so both get the same load.
            bool mayChange = IsLive && arguments.Baseline == Baseline.None;
            var run = new DemoRun(mayChange ? Reserve.AddTo(scenario) : scenario, sharing, view, mayChange);
            RunResult result = await run.RunAsync(cancellationToken);
            view.Ended(result.Report);
            results.Add(result);
            firstError ??= run.FirstError;
        }

        RunReport judged = results[0].Report with { Baseline = results.Skip(1).FirstOrDefault()?.Report };
        if (arguments.JsonPath is { } json)
        {
            await WriteJsonAsync(judged, json);
        }

        if (ChartPath() is { } chart)
        {
            Picture.Save(chart, results);
            if (IsLive)
            {
                await output.WriteLineAsync($"picture: {chart}");
            }
        }

        string[] broken = [.. Guarantees.Broken(judged, arguments.LeastUtilisation)];
        foreach (string line in broken)
        {
            await error.WriteLineAsync(line);
        }

        if (firstError is not null)
        {
            await error.WriteLineAsync($"the first exception was {firstError.GetType().Name}: {firstError.Message.ReplaceLineEndings(" ")}");
        }

        return broken.Length == 0 ? ExitCode.Kept : ExitCode.Broken;
    }

    private bool IsLive => terminal is not null && !arguments.Plain;

    // Somebody at a terminal gets to see one without asking.
    private string? ChartPath() => arguments.ChartPath ?? (IsLive ? Path.Combine(Path.GetTempPath(), "kiwi-demo.png") : null);

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
