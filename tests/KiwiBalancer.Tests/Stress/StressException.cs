namespace KiwiBalancer.Tests.Stress;

/// <summary>What a server of a stress test throws on purpose.</summary>
internal sealed class StressException : Exception;
