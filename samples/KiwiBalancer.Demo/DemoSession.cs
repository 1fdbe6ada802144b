using System.Text.Json;
using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo;

/// <summary>Everything between the command line and the exit code: run, report, judge.</summary>
internal sealed class DemoSession(DemoArguments arguments, Scenario scenario, TextWriter output, TextWriter error)
{
    private readonly PlainView _view = new(output);

    /// <exception cref="RunFailedException">It could not be carried out.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var run = new DemoRun(scenario, arguments.Sharing, _view);
        RunReport report = await run.RunAsync(cancellationToken);
        _view.Ended(report);
        if (arguments.JsonPath is { } path)
        {
            await WriteJsonAsync(report, path);
        }

        string[] broken = [.. Guarantees.Broken(report, arguments.LeastUtilisation)];
        foreach (string line in broken)
        {
            await error.WriteLineAsync(line);
        }

        if (run.FirstError is { } first)
        {
            await error.WriteLineAsync($"the first exception was {first.GetType().Name}: {first.Message.ReplaceLineEndings(" ")}");
        }

        return broken.Length == 0 ? ExitCode.Kept : ExitCode.Broken;
    }

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
