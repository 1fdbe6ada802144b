using KiwiBalancer.Interleavings.Tests.Exploring;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>The explorer as seen from another assembly, in texts: a mutant is an assembly of its own, and so are its types.</summary>
internal static class Play
{
    /// <summary>Explores a scenario.</summary>
    /// <returns>The course and what was found at its end; null: nothing.</returns>
    public static string[]? Explore(int mutant, string name, int preemptions, long most)
    {
        Mutation.Current = mutant;
        using var explorer = new Explorer(AllScenarios.Named(name));
        return Texts(explorer.Explore(preemptions, most));
    }

    /// <summary>Plays one course.</summary>
    public static string[]? Replay(int mutant, string name, string course)
    {
        Mutation.Current = mutant;
        using var explorer = new Explorer(AllScenarios.Named(name));
        return Texts(explorer.Replay(course));
    }

    private static string[]? Texts(Finding? finding) => finding is null ? null : [finding.Course, finding.What, finding.ToString()];
}
