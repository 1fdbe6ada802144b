using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>A scenario as it went under each policy.</summary>
internal sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<(Contestant Contestant, Outcome Outcome)> Runs)
{
    public Outcome Ours => Of(Contestant.Kiwi);

    /// <summary>What is promised of this scenario and of all.</summary>
    public IReadOnlyList<Bound> Promises { get; } = [.. Lab.Fairness.Promises.Always, .. Scenario.Promises];

    public IEnumerable<Bound> Broken => BrokenBy(Ours);

    public Outcome Of(Contestant contestant) => Runs.Single(r => r.Contestant == contestant).Outcome;

    public IEnumerable<Bound> BrokenBy(Outcome outcome) => Promises.Where(p => !p.IsKeptBy(outcome));
}
