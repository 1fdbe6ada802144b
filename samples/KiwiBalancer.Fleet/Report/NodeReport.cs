namespace KiwiBalancer.Fleet.Report;

/// <summary>What a node did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its relative claim.</param>
/// <param name="Answered">Requests answered.</param>
/// <param name="SlotSeconds">Slots held times time, as the server counted.</param>
/// <param name="ReportsPerSecond">Messages to the engine, a second of the run.</param>
internal sealed record NodeReport(string Name, int Weight, long Answered, double SlotSeconds, double ReportsPerSecond);
