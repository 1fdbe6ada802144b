namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>What a step does to its location.</summary>
internal enum Access
{
    Read,
    Write,
}
