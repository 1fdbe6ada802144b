namespace KiwiBalancer.Demo.Report;

/// <summary>What goes on at a moment of the run.</summary>
/// <param name="At">The time since it began.</param>
/// <param name="InFlight">Slots held, as the server sees it.</param>
/// <param name="Clients">Each client.</param>
internal sealed record RunSample(TimeSpan At, int InFlight, IReadOnlyList<ClientSample> Clients);
