namespace KiwiBalancer.Lab.Fairness.Report;

internal sealed record JsonScenario(string Name, string What, IReadOnlyList<JsonPolicy> Policies)
{
    public static JsonScenario Of(ScenarioResult result) =>
        new(result.Scenario.Name, result.Scenario.What, [.. result.Runs.Select(r => JsonPolicy.Of(r.Contestant, r.Outcome, result))]);
}
