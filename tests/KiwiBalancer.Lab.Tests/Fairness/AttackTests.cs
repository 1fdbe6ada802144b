using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Tests.Fairness;

/// <summary>What a client can gain by gaming is bounded, whatever the seed.</summary>
public sealed class AttackTests
{
    public static TheoryData<string> Attacks => [.. ScenarioList.All.Select(s => s.Name).Where(n => n.StartsWith("attack-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Attacking_AnySeed_GainsNoMoreThanTheBound(string name)
    {
        var scenario = ScenarioList.Named(name);
        foreach (var seed in new[] { 2, 3 })
        {
            var outcome = Stage.Play(scenario, Contestant.Kiwi, seed);

            Assert.All(scenario.Promises.Concat(Promises.Always), bound =>
                Assert.True(bound.IsKeptBy(outcome), $"seed {seed}: {bound.Promise} {bound.What} {bound.Show(bound.Measure(outcome))}, at most {bound.Show(bound.AtMost)} {outcome.Failure}"));
        }
    }
}
