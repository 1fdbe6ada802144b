namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>Something that must never be true is.</summary>
internal sealed class Violation(string message) : Exception(message);
