namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>The core with one rule of its protocol taken away.</summary>
/// <param name="Rule">The rule, as a README of the core claims it.</param>
/// <param name="File">Where the code that keeps it stands, below <c>src/KiwiBalancer</c>.</param>
/// <param name="Kept">The code as it is; it must occur there exactly once.</param>
/// <param name="Broken">What takes its place.</param>
/// <param name="Scenarios">Where the explorer must find what comes of it: in one of these.</param>
internal sealed record Mutant(string Rule, string File, string Kept, string Broken, params string[] Scenarios)
{
    /// <summary>Further changes of that file.</summary>
    public (string Kept, string Broken)[] Also { get; init; } = [];

    public IEnumerable<(string Kept, string Broken)> Changes => Also.Prepend((Kept, Broken));

    /// <inheritdoc/>
    public override string ToString() => Rule;
}
