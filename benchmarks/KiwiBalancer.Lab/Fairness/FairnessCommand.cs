using KiwiBalancer.Lab.Arguments;
using KiwiBalancer.Lab.Fairness.Chart;
using KiwiBalancer.Lab.Fairness.Report;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>Checks every promise on a virtual clock, with the rivals beside us.</summary>
internal sealed class FairnessCommand(IReadOnlyList<Scenario> scenarios) : ILabCommand
{
    public FairnessCommand()
        : this(ScenarioList.All)
    {
    }

    public string Name => "fairness";

    public string Description => "Checks every promise on a virtual clock, with the rivals beside us.";

    public IReadOnlyList<string> Scenarios { get; } = [.. scenarios.Select(s => s.Name)];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        var results = FairnessRun.Play([.. scenarios.Where(s => arguments.Scenarios.Contains(s.Name, StringComparer.Ordinal))], arguments.Seed);
        foreach (var result in results)
            await ScenarioTable.WriteAsync(result, output);
        await SummaryTable.WriteAsync(results, output);
        if (arguments.JsonPath is { } json)
            await JsonReport.WriteAsync(json, arguments.Seed, results);
        if (arguments.ChartFolder is { } folder)
        {
            foreach (var result in results)
                ScenarioPicture.Save(Path.Combine(folder, $"{result.Scenario.Name}.png"), result);
        }

        var broken = results.SelectMany(r => r.Broken.Select(b => $"{r.Scenario.Name}: {b.Promise} is broken: {b.What} {b.Show(b.Measure(r.Ours))}, at most {b.Show(b.AtMost)}{Why(r)}")).ToList();
        foreach (var line in broken)
            await error.WriteLineAsync(line);
        await output.WriteLineAsync(broken.Count == 0
            ? $"all promises held in {results.Count} scenarios, seed {arguments.Seed}"
            : $"{broken.Count} promises broken, seed {arguments.Seed}");
        return broken.Count == 0;
    }

    private static string Why(ScenarioResult result) => result.Ours.Failure is { } failure ? $" ({failure})" : "";
}
