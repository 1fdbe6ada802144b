using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// Finds clients outside <see cref="Line.Quota"/> that belong into it because λ has risen. Nobody touches them when it rises (another
/// client left), so without this index they would wait for a fractional slot with a whole one being theirs.
/// </summary>
/// <remarks>
/// Ordered by (n + C)/w, C the widest cost of all, by a key that may be too low and is corrected when it comes to the top: a client in steady state costs
/// nothing here. When C falls the keys are too high until their clients are touched; meanwhile these compete by virtual time.
/// </remarks>
internal sealed class RisingQuota(WaterLevel level)
{
    private const double RoundingSlack = 1 + 1e-12;

    private readonly IndexedHeap<WeightedClaim, WeightedClaim.ByRise> _heap = new();
    private int _widestKeyed;

    public void Install(HeapEntry<WeightedClaim>[] room) => _heap.Install(room);

    public void Clear() => _heap.Clear();

    /// <summary>Takes note of a claim that stands in one of the other lines.</summary>
    public void Watch(WeightedClaim claim)
    {
        _widestKeyed = Math.Max(_widestKeyed, level.Widest);
        var key = Threshold(claim);
        if (!IndexedHeap<WeightedClaim, WeightedClaim.ByRise>.Contains(claim))
            _heap.Add(claim, key, 0);
        else if (key < _heap.KeyOf(claim))
            _heap.Rekey(claim, key, 0);
    }

    public void Forget(WeightedClaim claim)
    {
        if (IndexedHeap<WeightedClaim, WeightedClaim.ByRise>.Contains(claim))
            _heap.Remove(claim);
    }

    /// <summary>A claim whose head fits under its quota though it does not stand there; null if there is none.</summary>
    public WeightedClaim? Find()
    {
        var lambda = level.Lambda * RoundingSlack;
        while (_heap.Count > 0 && _heap.TopKey <= lambda)
        {
            var claim = _heap.Top;
            var key = Threshold(claim);
            if (claim.Line is Line.None or Line.Quota)
                _heap.Remove(claim);
            else if (key > _heap.TopKey)
                _heap.Rekey(claim, key, 0);
            else
                return claim.Role == Role.Contender && level.Covers((long)claim.CountedInFlight + level.Widest, claim.CountedWeight) ? claim : null;
        }

        return null;
    }

    [Conditional("DEBUG")]
    public void AssertInvariants(WeightedClaim[] known)
    {
        _heap.AssertInvariants();
        foreach (var claim in known)
        {
            Debug.Assert(
                claim.Line is Line.None or Line.Quota || (claim.RiseIndex >= 0 && _heap.KeyOf(claim) <= Threshold(claim, _widestKeyed)),
                "A rising level would pass this client by.");
        }
    }

    private double Threshold(WeightedClaim claim) => Threshold(claim, level.Widest);

    private static double Threshold(WeightedClaim claim, int widest) => ((double)claim.CountedInFlight + widest) * claim.PerWeight;
}
