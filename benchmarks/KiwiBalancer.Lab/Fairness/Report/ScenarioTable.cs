namespace KiwiBalancer.Lab.Fairness.Report;

/// <summary>One scenario: each policy a row, each promise a column with its margin; an exclamation mark stands beside what breaks it. Behind them, promised or not: how far
/// a waiting client was from its share s on average and at worst, the worst lag behind or ahead of the ideal in slot·D, Jain's index, and the longest wait of 99 in 100 in D.</summary>
internal static class ScenarioTable
{
    public static async Task WriteAsync(ScenarioResult result, TextWriter output)
    {
        var scenario = result.Scenario;
        await output.WriteLineAsync($"{scenario.Name}: {scenario.What}");

        // What is promised of every scenario gets a column only where somebody breaks it.
        IReadOnlyList<Bound> columns = [.. Promises.Always.Where(p => result.Runs.Any(r => !p.IsKeptBy(r.Outcome))), .. scenario.Promises];
        var table = new TextTable(["", .. columns.Select(b => $"{b.Promise} {b.What}"), "mean |n-s|", "max |n-s|", "lag", "Jain", "wait p99"]);
        table.Add(["at most", .. columns.Select(b => b.Show(b.AtMost)), "", "", "", "", ""]);
        foreach (var (contestant, outcome) in result.Runs)
        {
            table.Add(
            [
                contestant.Name, .. columns.Select(b => Cell(b, outcome)),
                Invariant($"{outcome.MeanDeviation:0.00}"), Invariant($"{outcome.MaxDeviation:0.0}"), Invariant($"{Math.Max(outcome.LagBehind, outcome.LagAhead):0.0}"),
                Invariant($"{outcome.Jain:0.000}"), Invariant($"{outcome.Clients.Select(c => c.Waits.P99).DefaultIfEmpty().Max():0.0}"),
            ]);
        }

        await table.WriteAsync(output);
        await output.WriteLineAsync();
    }

    private static string Cell(Bound bound, Outcome outcome) => $"{(bound.IsKeptBy(outcome) ? "" : "! ")}{bound.Show(bound.Measure(outcome))}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
