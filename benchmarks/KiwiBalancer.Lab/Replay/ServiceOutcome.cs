using KiwiBalancer.Lab.Fairness;

namespace KiwiBalancer.Lab.Replay;

/// <summary>What became of one service under one policy, in seconds.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Requests">How many of its requests have run to their end.</param>
/// <param name="SlotSeconds">What they used.</param>
/// <param name="LagBehind">The most slot-seconds it ever was behind the fluid ideal.</param>
/// <param name="WaitSeconds">How long they waited for their slot.</param>
internal sealed record ServiceOutcome(string Service, long Requests, double SlotSeconds, double LagBehind, WaitOutcome WaitSeconds);
