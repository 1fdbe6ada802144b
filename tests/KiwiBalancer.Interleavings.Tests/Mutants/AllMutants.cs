namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>Every rule that is taken away.</summary>
internal static class AllMutants
{
    public static IReadOnlyList<Mutant> List { get; } = [.. LedgerMutants.All, .. BacklogMutants.All, .. GrantingMutants.All, .. ClientMutants.All];
}
