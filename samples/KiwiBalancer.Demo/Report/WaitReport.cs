namespace KiwiBalancer.Demo.Report;

/// <summary>How long the requests of a client waited for their slots, in milliseconds.</summary>
/// <param name="P50">Half of them waited no longer.</param>
/// <param name="P99">99 of 100 waited no longer.</param>
/// <param name="Max">The longest wait.</param>
internal sealed record WaitReport(double P50, double P99, double Max);
