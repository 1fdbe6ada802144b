using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace KiwiBalancer.Interleavings.Tests;

/// <summary>No interleaving breaks what must always be true.</summary>
public sealed class InterleavingTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Explore_EveryCourseWithinTheBound_FindsNothing(string name)
    {
        var scenario = AllScenarios.Named(name);
        using var explorer = new Explorer(scenario);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var finding = explorer.Explore(scenario.Preemptions, Thoroughness.MostCourses);

        output.WriteLine($"{explorer.Courses} courses{(explorer.IsComplete ? ", all" : "")}, in {clock.Elapsed.TotalSeconds:f1} s");
        Assert.True(finding is null, finding?.ToString());
    }
}
