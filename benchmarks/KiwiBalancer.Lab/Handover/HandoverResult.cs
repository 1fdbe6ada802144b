namespace KiwiBalancer.Lab.Handover;

/// <summary>What one rival did in one case: medians over the rounds, in microseconds.</summary>
internal sealed record HandoverResult(string Case, string Rival, double P50, double P99, int MostRunning, bool Kept);
