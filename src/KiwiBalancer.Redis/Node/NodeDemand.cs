using System.Runtime.InteropServices;

namespace KiwiBalancer.Redis.Node;

/// <summary>What a node's clients want now.</summary>
/// <param name="InFlight">Slots held.</param>
/// <param name="Wanted">Slots held and waited for.</param>
/// <param name="Weight">See <see cref="Ledger.NodeReport.Weight"/>.</param>
/// <param name="Satisfied">See <see cref="Ledger.NodeReport.Satisfied"/>.</param>
/// <param name="SatisfiedWeight">See <see cref="Ledger.NodeReport.SatisfiedWeight"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodeDemand(int InFlight, long Wanted, long Weight = 1, long Satisfied = 0, long SatisfiedWeight = 0)
{
    /// <summary>What is left of it for a lease, when the first slots are the node's own.</summary>
    public NodeDemand Above(int floor) => this with { InFlight = Math.Max(0, InFlight - floor), Wanted = Math.Max(0, Wanted - floor), Satisfied = Math.Max(0, Satisfied - floor) };
}
