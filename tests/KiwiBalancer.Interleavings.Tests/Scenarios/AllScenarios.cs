using KiwiBalancer.Interleavings.Tests.Exploring;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>Everything that is explored.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } = [.. LedgerScenarios.All, .. GrantScenarios.All, .. CancelScenarios.All, .. ChangeScenarios.All, .. EndScenarios.All, .. StrategyScenarios.All];

    public static Scenario Named(string name) => List.Single(scenario => scenario.Name == name);
}
