using System.Reflection;
using KiwiBalancer.Interleavings.Tests.Mutants;
using KiwiBalancer.Interleavings.Tests.Scenarios;
using Xunit;

namespace KiwiBalancer.Interleavings.Tests.Issues;

/// <summary>A bug of the core that only some interleavings show.</summary>
/// <param name="Rule">The rule that was missing, among the mutants: taken away, the bug is back.</param>
/// <param name="Scenario">Where it shows.</param>
internal sealed record Issue(string Rule, string Scenario)
{
    private const long Courses = 10_000;

    /// <summary>Puts the bug back and finds it, plays again the course in which it was found, and finds nothing in as many courses of the core as it is.</summary>
    public void AssertMended()
    {
        var number = AllMutants.List.TakeWhile(mutant => mutant.Rule != Rule).Count() + 1;
        var preemptions = AllScenarios.Named(Scenario).Preemptions;

        var found = Call(nameof(Play.Explore), number, Scenario, preemptions, Courses);
        Assert.True(found is not null, $"The test could not fail: with the bug put back nothing was found in {Courses} courses.");
        Assert.Equal(found[..2], Call(nameof(Play.Replay), number, Scenario, found[0])?[..2]);

        var again = Call(nameof(Play.Explore), 0, Scenario, preemptions, Courses);
        Assert.True(again is null, again?[2]);
    }

    private static string[]? Call(string method, params object[] arguments) =>
        (string[]?)MutatedCore.Twin(typeof(Play)).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, arguments);
}
