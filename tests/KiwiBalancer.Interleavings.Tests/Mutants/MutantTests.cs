using System.Diagnostics;
using System.Reflection;
using KiwiBalancer.Interleavings.Tests.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>The explorer is worth its time only if it finds what it is there for: each rule of the protocol is taken away once, and it must find what comes of that, and find it again in the course it wrote down.</summary>
[Collection(nameof(MutatedCore))]
public sealed class MutantTests(ITestOutputHelper output)
{
    private const long Most = 100_000;

    public static TheoryData<string> VariantNames => [.. Variants.List.Select(static variant => variant.Rule)];

    public static TheoryData<string> Rules => [.. AllMutants.List.Where(static (_, index) => Thoroughness.IsComplete || index % 4 == 0).Select(static mutant => mutant.Rule)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Explore_TheCoreWithoutOneOfItsRules_FindsWhatComesOfIt(string rule)
    {
        var number = AllMutants.List.TakeWhile(mutant => mutant.Rule != rule).Count() + 1;
        var play = MutatedCore.Twin(typeof(Play));
        var clock = Stopwatch.StartNew();
        foreach (var name in AllMutants.List[number - 1].Scenarios)
        {
            if (Call(play, nameof(Play.Explore), number, name, AllScenarios.Named(name).Preemptions, Most) is not { } found)
            {
                continue;
            }

            output.WriteLine($"Found after {clock.Elapsed.TotalSeconds:f1} s.");
            output.WriteLine(found[2]);
            Assert.Equal(found[..2], Call(play, nameof(Play.Replay), number, name, found[0])?[..2]);

            return;
        }

        Assert.Fail($"Not found, and so not proved to be needed: {rule}");
    }

    [Theory]
    [MemberData(nameof(VariantNames))]
    public void Explore_TheCoreWithOtherNumbers_FindsNothing(string variant)
    {
        var number = AllMutants.List.Count + Variants.List.TakeWhile(mutant => mutant.Rule != variant).Count() + 1;
        foreach (var name in Variants.List[number - AllMutants.List.Count - 1].Scenarios)
        {
            var found = Call(MutatedCore.Twin(typeof(Play)), nameof(Play.Explore), number, name, AllScenarios.Named(name).Preemptions, Thoroughness.MostCourses);
            Assert.True(found is null, found?[2]);
        }
    }

    private static string[]? Call(Type play, string method, params object[] arguments) =>
        (string[]?)play.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, arguments);
}
