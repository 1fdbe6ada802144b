using KiwiBalancer.Granting;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Rivals;

/// <summary>What a rival remembers about a client.</summary>
internal sealed class RivalClaim : Claim
{
    /// <summary>Up to where its account goes; each policy says of what.</summary>
    public double Account;

    public bool IsListed;
    public int Index = -1;

    public SimulatedRequest Head => ((SimulatedClient)Owner!).Head!;

    /// <summary>Place in the heap of <see cref="KeyedPolicy"/>.</summary>
    public readonly struct ByKey : IHeapIndex<RivalClaim>
    {
        public static ref int Of(RivalClaim item) => ref item.Index;
    }
}
