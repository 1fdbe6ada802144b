namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>Which rule is taken away, in an assembly that has a way around each; 0: none.</summary>
internal static class Mutation
{
    public static int Current { get; set; }
}
