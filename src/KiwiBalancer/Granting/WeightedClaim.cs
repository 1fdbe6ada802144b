namespace KiwiBalancer.Granting;

/// <summary>
/// What <see cref="WeightedPolicy"/> remembers about a client. The fields of <see cref="Claim"/> jump ahead of the sums when the owner writes them;
/// the counted fields here say what the sums hold, so that exactly this is taken out again.
/// </summary>
internal sealed class WeightedClaim : Claim
{
    /// <summary>Slot-seconds used in this episode per weight, up to <see cref="SyncedAt"/>.</summary>
    public double Used;

    public double SyncedAt;

    /// <summary>The inverse of <see cref="CountedWeight"/>: a division less an event.</summary>
    public double PerWeight;

    /// <summary>Everything here is void in any other episode, the places in the heaps above all.</summary>
    public long Episode = -1;

    /// <summary>Slots held and wanted, as counted.</summary>
    public long Demand => CountedInFlight + CountedWanted;

    /// <summary>Since when it waits, among those with equal keys and weights; 0 before it stands in a line.</summary>
    public long Order;

    public long CountedWanted;
    public int CountedInFlight;
    public int CountedWeight;
    public int CountedMaxCost = 1;

    public Role Role;
    public Line Line = Line.None;

    /// <summary>How often a head that was too wide has been bypassed.</summary>
    public byte Bypassed;

    public int LineIndex = -1;
    public int HoldIndex = -1;
    public int RiseIndex = -1;
    public int WidthIndex = -1;

    /// <summary>Place in the heap of the line the claim stands in.</summary>
    public readonly struct InLine : IHeapIndex<WeightedClaim>
    {
        public static ref int Of(WeightedClaim item) => ref item.LineIndex;
    }

    /// <summary>Place among the contenders that might become stuck, or among the stuck: never both.</summary>
    public readonly struct ByHold : IHeapIndex<WeightedClaim>
    {
        public static ref int Of(WeightedClaim item) => ref item.HoldIndex;
    }

    /// <summary>Place among those with requests that cost more than 1.</summary>
    public readonly struct ByWidth : IHeapIndex<WeightedClaim>
    {
        public static ref int Of(WeightedClaim item) => ref item.WidthIndex;
    }

    /// <summary>Place among those a rising level would lift to <see cref="Line.Quota"/>.</summary>
    public readonly struct ByRise : IHeapIndex<WeightedClaim>
    {
        public static ref int Of(WeightedClaim item) => ref item.RiseIndex;
    }
}
