using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>Plays scenarios under all policies. Each play is alone on its own clock, so that they may run side by side and come out the same.</summary>
internal static class FairnessRun
{
    public static IReadOnlyList<ScenarioResult> Play(IReadOnlyList<Scenario> scenarios, int seed)
    {
        var outcomes = new Outcome[scenarios.Count * Contestant.All.Count];
        Parallel.For(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            outcomes[i] = Stage.Play(scenarios[i / Contestant.All.Count], Contestant.All[i % Contestant.All.Count], seed));
        return [.. outcomes
            .Select((o, i) => (Scenario: scenarios[i / Contestant.All.Count], Contestant: Contestant.All[i % Contestant.All.Count], Outcome: o))
            .GroupBy(run => run.Scenario)
            .Select(group => new ScenarioResult(group.Key, [.. group.Select(run => (run.Contestant, run.Outcome))]))];
    }
}
