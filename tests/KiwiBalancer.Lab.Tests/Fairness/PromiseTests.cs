using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Tests.Fairness;

/// <summary>The policy that ships keeps every promise of every scenario: what <c>-- fairness</c> checks, without the rivals.</summary>
public sealed class PromiseTests
{
    public static TheoryData<string> Names => [.. ScenarioList.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Playing_ThePolicyThatShips_KeepsEveryPromise(string name)
    {
        var scenario = ScenarioList.Named(name);

        var outcome = Stage.Play(scenario, Contestant.Kiwi, seed: 1);

        Assert.All(scenario.Promises.Concat(Promises.Always), bound =>
            Assert.True(bound.IsKeptBy(outcome), $"{bound.Promise} {bound.What} {bound.Show(bound.Measure(outcome))}, at most {bound.Show(bound.AtMost)} {outcome.Failure}"));
    }
}
