using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Fairness.Report;

/// <summary>Over all scenarios: which policy breaks which promise, and which goals ours reaches.</summary>
internal static class SummaryTable
{
    public static async Task WriteAsync(IReadOnlyList<ScenarioResult> results, TextWriter output)
    {
        string[] promises = [.. results.SelectMany(r => r.Promises).Select(b => b.Promise).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        await output.WriteLineAsync("Promises broken, of the scenarios where they apply");
        var table = new TextTable(["", .. promises]);
        foreach (var contestant in Contestant.All)
            table.Add([contestant.Name, .. promises.Select(p => Count(results, contestant, p))]);
        await table.WriteAsync(output);
        await output.WriteLineAsync();
        await WriteFailuresAsync(results, output);
        await WriteGoalsAsync(results, output);
    }

    private static string Count(IReadOnlyList<ScenarioResult> results, Contestant contestant, string promise)
    {
        var applies = results.Where(r => r.Promises.Any(b => b.Promise == promise)).ToList();
        var broken = applies.Count(r => r.BrokenBy(r.Of(contestant)).Any(b => b.Promise == promise));
        return $"{broken}/{applies.Count}";
    }

    private static async Task WriteFailuresAsync(IReadOnlyList<ScenarioResult> results, TextWriter output)
    {
        await output.WriteLineAsync("Which rival breaks what");
        foreach (var rival in Contestant.Rivals)
        {
            var broken = results
                .SelectMany(r => r.BrokenBy(r.Of(rival)).Select(b => (b.Promise, r.Scenario.Name)))
                .Distinct()
                .GroupBy(b => b.Promise, b => b.Name, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key} in {string.Join(", ", g)}");
            await output.WriteLineAsync($"  {rival.Name}: {string.Join("; ", broken.DefaultIfEmpty("nothing"))}");
        }

        await output.WriteLineAsync();
    }

    private static async Task WriteGoalsAsync(IReadOnlyList<ScenarioResult> results, TextWriter output)
    {
        var goals = results.SelectMany(r => r.Scenario.Goals.Select(g => (Result: r, Goal: g))).ToList();
        if (goals.Count == 0)
            return;
        await output.WriteLineAsync("Goals: what the policy reached in the simulation it was designed in, and what the code that ships reaches");
        var table = new TextTable("", "goal", "reached", "");
        foreach (var (result, goal) in goals)
        {
            table.Add($"{result.Scenario.Name}, {goal.What}", goal.Show(goal.AtMost), goal.Show(goal.Measure(result.Ours)), goal.IsKeptBy(result.Ours) ? "reached" : "missed");
        }

        await table.WriteAsync(output);
        await output.WriteLineAsync();
    }
}
