namespace KiwiBalancer.Lab.Replay;

/// <summary>A replay under one policy.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="IdleSlotSeconds">Slot-seconds that stood idle while somebody waited.</param>
/// <param name="Lost">Requests that never ran.</param>
/// <param name="Services">Each service, in the order of the traces.</param>
internal sealed record ReplayOutcome(string Policy, double IdleSlotSeconds, long Lost, IReadOnlyList<ServiceOutcome> Services);
