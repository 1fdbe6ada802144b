using KiwiBalancer.Lab.Fairness.Scenarios;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>All scenarios, in the order they are played and shown.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. SteadyScenarios.All, .. ChangingScenarios.All, .. CostScenarios.All, .. TrapScenarios.All, .. OthersScenarios.All, .. AttackScenarios.All,
    ];

    public static Scenario Named(string name) => All.Single(s => s.Name == name);
}
