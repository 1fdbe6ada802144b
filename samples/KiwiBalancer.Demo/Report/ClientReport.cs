namespace KiwiBalancer.Demo.Report;

/// <summary>What a client got.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its relative claim.</param>
/// <param name="Completed">Requests answered.</param>
/// <param name="SlotSeconds">Slots held times time, over the whole run, as the server counted.</param>
/// <param name="MeanInFlight">Slots held on average while demand was at least the limit, as the server counted.</param>
/// <param name="IdealInFlight">What the exact weighted max-min share would have been over that time.</param>
/// <param name="WaitMs">How long its requests waited.</param>
internal sealed record ClientReport(string Name, int Weight, int Completed, double SlotSeconds, double MeanInFlight, double IdealInFlight, WaitReport WaitMs);
