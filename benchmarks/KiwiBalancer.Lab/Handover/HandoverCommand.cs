using System.Globalization;
using KiwiBalancer.Lab.Arguments;
using KiwiBalancer.Lab.Report;

namespace KiwiBalancer.Lab.Handover;

/// <summary>Measures how soon a freed slot is used again.</summary>
internal sealed class HandoverCommand : ILabCommand
{
    public string Name => "handover";

    public string Description => "Measures how soon a freed slot is used again, with the rivals beside us.";

    public IReadOnlyList<string> Scenarios { get; } = [.. HandoverCase.All.Select(c => c.Name)];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        List<HandoverResult> all = [];
        foreach (var which in HandoverCase.All.Where(c => arguments.Scenarios.Contains(c.Name, StringComparer.Ordinal)))
        {
            var results = await HandoverRun.PlayAsync(which);
            var bestP50 = BestRival(results, r => r.P50);
            var bestP99 = BestRival(results, r => r.P99);
            var table = new MarkdownTable($"limit {which.Limit}, {which.Milliseconds} ms", "p50 us", "/ best rival", "p99 us", "/ best rival", "most at once");
            foreach (var r in results)
                table.Add(r.Rival, Show(r.P50, "0"), Show(r.P50 / bestP50, "0.00"), Show(r.P99, "0"), Show(r.P99 / bestP99, "0.00"), Show(r.MostRunning, "0"));
            await table.WriteAsync(output);
            all.AddRange(results);
        }

        if (arguments.JsonPath is { } json)
            await JsonFile.WriteAsync(json, new { all });
        if (arguments.ChartFolder is { } folder)
            HandoverPicture.Save(Path.Combine(folder, "handover.png"), all);

        var over = all.Where(r => !r.Kept && r.Rival.StartsWith("Kiwi", StringComparison.Ordinal)).ToList();
        foreach (var r in over)
            await error.WriteLineAsync($"{r.Case}: {r.Rival} ran {r.MostRunning} at once");
        return over.Count == 0;
    }

    private static double BestRival(IEnumerable<HandoverResult> results, Func<HandoverResult, double> number) =>
        Math.Max(0.1, results.Where(r => !r.Rival.StartsWith("Kiwi", StringComparison.Ordinal)).Min(number));

    private static string Show(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
