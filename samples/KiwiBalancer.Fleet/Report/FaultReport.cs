namespace KiwiBalancer.Fleet.Report;

/// <summary>Something that happened to the fleet.</summary>
/// <param name="At">When, in seconds since the run began.</param>
/// <param name="Kind">What it was.</param>
/// <param name="What">To whom.</param>
/// <param name="WindowSeconds">For how long the server did not have to be full, by the protocol.</param>
/// <param name="RefilledAfter">After how many seconds it was full again; null if not before the next fault.</param>
internal sealed record FaultReport(double At, string Kind, string What, double WindowSeconds, double? RefilledAfter);
