namespace KiwiBalancer.Granting;

/// <summary>
/// The boundary between contenders and the stuck: n - C ≥ λ·w, C the widest cost of all. A client that holds more than its part by all that F2 allows cannot be preempted, and
/// while it counted as a contender λ would promise the others slots that do not come back: the heavy refill "their quota" for ever, the light get nothing.
/// </summary>
/// <remarks>
/// Only contenders that hold more than one request's worth stand in a heap, by a key that may be too high (it is corrected when it comes to the top),
/// so that a client swinging between ⌊s⌋ and ⌈s⌉ costs nothing here.
/// </remarks>
internal sealed class OverHolders
{
    // Each move changes λ and may entail the next; what is left over settles at the next event. Bounded, because a cycle would hang the grant loop.
    private const int MaxMoves = 64;
    private const double RoundingSlack = 1 - 1e-12;

    private readonly WaterLevel _level;

    // Made once: the grant loop must not allocate.
    private readonly Func<WeightedClaim, double> _excess;
    private readonly Func<WeightedClaim, double> _negatedExcess;

    private readonly IndexedHeap<WeightedClaim, WeightedClaim.ByHold> _contenders = new();
    private readonly IndexedHeap<WeightedClaim, WeightedClaim.ByHold> _stuck = new();

    public OverHolders(WaterLevel level)
    {
        _level = level;
        _excess = Excess;
        _negatedExcess = claim => -Excess(claim);
    }

    public void Install(HeapEntry<WeightedClaim>[] contenders, HeapEntry<WeightedClaim>[] stuck)
    {
        _contenders.Install(contenders);
        _stuck.Install(stuck);
    }

    public void Clear()
    {
        _contenders.Clear();
        _stuck.Clear();
    }

    /// <summary>Whether a contender holds too much to stay one.</summary>
    public bool IsStuck(WeightedClaim claim) =>
        claim.CountedInFlight > _level.Widest && _level.IsReachedBy(claim.CountedInFlight - _level.Widest, claim.CountedWeight);

    /// <summary>Puts the claim where its new role and in-flight belong.</summary>
    public void Place(WeightedClaim claim, Role before)
    {
        var excess = Excess(claim);
        if (claim.Role == before)
        {
            if (claim.Role == Role.Stuck)
                _stuck.Rekey(claim, excess, 0);
            else if (claim.Role == Role.Contender)
                PlaceContender(claim, -excess);
            return;
        }

        Leave(claim, before);
        if (claim.Role == Role.Stuck)
            _stuck.Add(claim, excess, 0);
        else if (claim.Role == Role.Contender)
            PlaceContender(claim, -excess);
    }

    /// <summary>Moves claims across the boundary until it is where λ is.</summary>
    public void Settle()
    {
        for (var moves = 0; moves < MaxMoves; moves++)
        {
            if (!TryStickTop() && !TryFreeTop())
                return;
        }
    }

    /// <summary>Keys all anew, after the widest cost has changed.</summary>
    public void Rebuild()
    {
        _contenders.RekeyAll(_negatedExcess);
        _stuck.RekeyAll(_excess);
    }

    public void AssertInvariants()
    {
        _contenders.AssertInvariants();
        _stuck.AssertInvariants();
    }

    // True also if a key was merely brought up to date. Keys are rounded, the test is not: a key that is right already and fails it ends the search.
    private bool TryStickTop()
    {
        if (_contenders.Count == 0 || -_contenders.TopKey < _level.Lambda * RoundingSlack)
            return false;
        var claim = _contenders.Top;
        if (IsStuck(claim))
            Move(claim, Role.Stuck);
        else if (claim.CountedInFlight <= 1)
            _contenders.Remove(claim);
        else if (_contenders.TopKey < -Excess(claim))
            _contenders.Rekey(claim, -Excess(claim), 0);
        else
            return false;
        return true;
    }

    private bool TryFreeTop()
    {
        if (_stuck.Count == 0 || !_level.WouldFree(_stuck.Top))
            return false;
        Move(_stuck.Top, Role.Contender);
        return true;
    }

    private void Move(WeightedClaim claim, Role role)
    {
        var before = claim.Role;
        _level.Count(claim, -1);
        claim.Role = role;
        _level.Count(claim, 1);
        Place(claim, before);
    }

    private void PlaceContender(WeightedClaim claim, double key)
    {
        if (IndexedHeap<WeightedClaim, WeightedClaim.ByHold>.Contains(claim))
        {
            if (key < _contenders.KeyOf(claim))
                _contenders.Rekey(claim, key, 0);
        }
        else if (claim.CountedInFlight > 1)
        {
            _contenders.Add(claim, key, 0);
        }
    }

    private void Leave(WeightedClaim claim, Role before)
    {
        if (!IndexedHeap<WeightedClaim, WeightedClaim.ByHold>.Contains(claim))
            return;
        (before == Role.Stuck ? _stuck : _contenders).Remove(claim);
    }

    private double Excess(WeightedClaim claim) => (claim.CountedInFlight - _level.Widest) * claim.PerWeight;
}
