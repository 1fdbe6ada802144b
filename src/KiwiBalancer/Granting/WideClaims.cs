using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// The largest cost any client with demand holds or waits with: how far a client may be off its floor (F2), since slots for a request of that width
/// can only come together by others giving way.
/// </summary>
/// <remarks>Clients whose requests all cost 1 stand in no heap here, so unit costs pay one comparison.</remarks>
internal sealed class WideClaims
{
    private readonly IndexedHeap<WeightedClaim, WeightedClaim.ByWidth> _heap = new();

    /// <summary>At least 1.</summary>
    public int Widest => _heap.Count == 0 ? 1 : _heap.Top.CountedMaxCost;

    public void Install(HeapEntry<WeightedClaim>[] room) => _heap.Install(room);

    public void Clear() => _heap.Clear();

    /// <summary>Takes over the claim's largest cost; one without demand has none.</summary>
    public void Count(WeightedClaim claim)
    {
        var width = claim.Demand > 0 ? claim.MaxCost : 1;
        if (width == claim.CountedMaxCost)
            return;
        var wasCounted = claim.CountedMaxCost > 1;
        claim.CountedMaxCost = width;
        if (width == 1)
            _heap.Remove(claim);
        else if (wasCounted)
            _heap.Rekey(claim, -width, 0);
        else
            _heap.Add(claim, -width, 0);
    }

    [Conditional("DEBUG")]
    public void AssertInvariants(WeightedClaim[] known)
    {
        _heap.AssertInvariants();
        Debug.Assert(Widest == known.Where(c => c.Demand > 0).Select(c => c.CountedMaxCost).Append(1).Max(), "The widest cost is wrong.");
    }
}
