namespace KiwiBalancer.Granting;

/// <summary>
/// Heads that ask for more slots than are free. Narrower ones may pass such a head for a while, since slots that stand idle serve nobody;
/// then the free slots are kept for it (SFQ(D) and QEVDF alike: without this the narrow eat every freed slot and the wide head waits for ever).
/// </summary>
internal sealed class WideHeads
{
    private const int MaxAside = 8;
    private const int MaxBypasses = 8;

    private readonly WeightedClaim?[] _aside = new WeightedClaim?[MaxAside];
    private readonly Line[] _lines = new Line[MaxAside];
    private readonly double[] _keys = new double[MaxAside];
    private long _reservedSequence;
    private int _count;

    /// <summary>The claim whose head the free slots are kept for.</summary>
    public WeightedClaim? Reserved { get; private set; }

    public bool HasAside => _count > 0;

    /// <summary>The largest cost passed over in this pick.</summary>
    public int Widest { get; private set; }

    public void Clear() => Reserved = null;

    public void Reserve(WeightedClaim claim)
    {
        Reserved = claim;
        _reservedSequence = claim.HeadSequence;
    }

    /// <summary>Ends the reservation and the count of bypasses if the head they were for has gone (granted, cancelled, too wide for a new limit).</summary>
    public void Review(WeightedClaim claim)
    {
        if (claim == Reserved && (claim.HeadCost == 0 || claim.HeadSequence != _reservedSequence))
            Reserved = null;
    }

    /// <summary>Whether this head may be passed once more.</summary>
    public bool MayPass(WeightedClaim claim) => claim.Bypassed < MaxBypasses && _count < MaxAside;

    /// <summary>Takes a head out of its line until <see cref="Restore"/>, so that the one behind it shows.</summary>
    public bool TrySetAside(WeightedClaim claim, Lines lines)
    {
        if (_count == MaxAside)
            return false;
        _aside[_count] = claim;
        _lines[_count] = claim.Line;
        _keys[_count] = lines.KeyOf(claim);
        _count++;
        Widest = Math.Max(Widest, claim.HeadCost);
        lines.Leave(claim);
        return true;
    }

    /// <summary>Puts the heads set aside back; if another was picked instead of them, that counts.</summary>
    public void Restore(Lines lines, bool passed)
    {
        while (_count > 0)
        {
            var claim = _aside[--_count]!;
            _aside[_count] = null;
            lines.File(claim, _lines[_count], _keys[_count]);
            if (passed && _lines[_count] is (Line.Quota or Line.Owed) && claim.Bypassed < MaxBypasses)
                claim.Bypassed++;
        }

        Widest = 0;
    }
}
