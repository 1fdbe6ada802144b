namespace KiwiBalancer.Demo.Report;

/// <summary>What goes on at a moment of the run.</summary>
/// <param name="At">The time since it began.</param>
/// <param name="Limit">The slots of the server, as it says itself.</param>
/// <param name="InFlight">Slots held, as the server sees it.</param>
/// <param name="MaxInFlight">The most slots that were claimed at once so far, as the server counted.</param>
/// <param name="Violations">Requests the server refused so far because it was full.</param>
/// <param name="SlotSeconds">Slots held times time so far, as the server counted.</param>
/// <param name="Clients">Each client.</param>
internal sealed record RunSample(TimeSpan At, int Limit, int InFlight, int MaxInFlight, int Violations, double SlotSeconds, IReadOnlyList<ClientSample> Clients)
{
    /// <summary>Whether clients want at least as many slots as there are.</summary>
    public bool IsContended => Limit > 0 && Clients.Sum(c => c.Sent - c.Ended) >= Limit;
}
