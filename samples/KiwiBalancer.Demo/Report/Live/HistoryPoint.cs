namespace KiwiBalancer.Demo.Report.Live;

/// <summary>The slots of each client at a moment.</summary>
/// <param name="At">Seconds since the run began.</param>
/// <param name="InFlight">Slots by client.</param>
internal readonly record struct HistoryPoint(double At, int[] InFlight);
