using System.Collections.Immutable;

namespace KiwiBalancer.Redis.Ledger;

/// <summary>What comes of a step.</summary>
/// <param name="Ledger">The ledger after it.</param>
/// <param name="Reply">The answer to the reporter.</param>
/// <param name="Pushes">What other nodes are told.</param>
internal sealed record StepResult(FleetLedger Ledger, LeaseReply Reply, ImmutableArray<CapPush> Pushes);
