using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>The four lines as heaps; a claim stands in one of them at most.</summary>
internal sealed class Lines
{
    private const int MaxWeight = 1_000_000;
    private const int OrderBits = 43;
    private readonly IndexedHeap<WeightedClaim, WeightedClaim.InLine>[] _heaps = [new(), new(), new(), new()];
    private long _order;

    public IndexedHeap<WeightedClaim, WeightedClaim.InLine> Quota => _heaps[(int)Line.Quota];

    public IndexedHeap<WeightedClaim, WeightedClaim.InLine> Owed => _heaps[(int)Line.Owed];

    public IndexedHeap<WeightedClaim, WeightedClaim.InLine> Ahead => _heaps[(int)Line.Ahead];

    public IndexedHeap<WeightedClaim, WeightedClaim.InLine> Parked => _heaps[(int)Line.Parked];

    public void Install(HeapEntry<WeightedClaim>[][] room)
    {
        for (var i = 0; i < _heaps.Length; i++)
            _heaps[i].Install(room[i]);
    }

    public void Clear()
    {
        foreach (var heap in _heaps)
            heap.Clear();
    }

    /// <summary>Puts the claim into a line, or at another place in it. Where keys are equal the heavier goes first, then who has waited longer for a grant.</summary>
    public void File(WeightedClaim claim, Line line, double key)
    {
        if (claim.Order == 0)
            claim.Order = ++_order;
        if (claim.Line == line)
        {
            var heap = _heaps[(int)line];
            if (heap.KeyOf(claim) != key)
                heap.Rekey(claim, key, Tie(claim));
            return;
        }

        Leave(claim);
        claim.Line = line;
        _heaps[(int)line].Add(claim, key, Tie(claim));
    }

    public double KeyOf(WeightedClaim claim) => _heaps[(int)claim.Line].KeyOf(claim);

    public void Leave(WeightedClaim claim)
    {
        if (claim.Line == Line.None)
            return;
        _heaps[(int)claim.Line].Remove(claim);
        claim.Line = Line.None;
    }

    [Conditional("DEBUG")]
    public void AssertInvariants(WeightedClaim[] known)
    {
        foreach (var heap in _heaps)
            heap.AssertInvariants();
        foreach (var claim in known)
            Debug.Assert((claim.HeadCost > 0) == (claim.Line != Line.None), "A client waits in no line, or stands in one without a waiter.");
    }

    // 20 bits of weight above 43 bits of age: at a million a second the age wraps after a hundred days, and then one tie goes the wrong way.
    private static long Tie(WeightedClaim claim) => ((long)(MaxWeight - claim.CountedWeight) << OrderBits) | (claim.Order & ((1L << OrderBits) - 1));
}
