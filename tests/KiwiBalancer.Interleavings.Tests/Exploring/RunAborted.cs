namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>Unwinds the actors of a run that has ended in a finding.</summary>
internal sealed class RunAborted : Exception;
