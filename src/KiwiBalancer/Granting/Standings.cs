namespace KiwiBalancer.Granting;

/// <summary>Keeps every client's role, the sums of the water level and each account of used slot-seconds in step.</summary>
internal sealed class Standings(WaterLevel level, FluidClock clock, MeanDuration duration)
{
    // κ: how many rounds of service a client can be owed. More would let old debts hold a newcomer back, less would forget real ones.
    private const double CreditRounds = 4;

    private readonly OverHolders _overHolders = new(level);
    private long _episode;
    private int _deepInDebt;

    /// <summary>Whether some contender has had so much more than its part that the others are to catch up with V, not V with them.</summary>
    public bool IsAnyDeepInDebt => _deepInDebt > 0;

    public void Install(PolicyRoom room) => _overHolders.Install(room.Contenders, room.Stuck);

    public void Begin()
    {
        _episode++;
        _deepInDebt = 0;
        level.Clear();
        _overHolders.Clear();
    }

    /// <summary>Takes over the claim's new numbers and gives it the role they earn.</summary>
    public void Recount(WeightedClaim claim)
    {
        if (claim.Episode != _episode)
            Enter(claim);
        clock.Charge(claim);

        var before = claim.Role;
        level.Count(claim, -1);
        if (claim.CountedWeight != claim.Weight)
            ChangeWeight(claim);

        // Idle or fully served, a client earns nothing; what it has had in advance it keeps on its account.
        if (before is Role.None or Role.Satisfied)
            claim.Used = Math.Max(claim.Used, clock.Time);
        claim.CountedInFlight = claim.InFlight;
        claim.CountedWanted = claim.Wanted;
        claim.Role = Role.None;
        if (claim.Demand > 0)
            Judge(claim);
        else
            MarkDeepInDebt(claim, false);
        _overHolders.Place(claim, before);
        Settle();
    }

    /// <summary>
    /// Asks a satisfied client again whether it still gets all it wants; λ may have fallen since it was judged. Only when its waiter is about to be
    /// granted: until then the old answer harms nobody.
    /// </summary>
    public void Review(WeightedClaim claim)
    {
        if (claim.Role != Role.Satisfied || level.Covers(claim.Demand, claim.CountedWeight))
            return;
        clock.Charge(claim);
        claim.Used = Math.Max(claim.Used, clock.Time);
        level.Count(claim, -1);
        Judge(claim);
        _overHolders.Place(claim, Role.Satisfied);
        Settle();
    }

    /// <summary>Brings the roles in line with the level, and the clock with both.</summary>
    public void Settle()
    {
        _overHolders.Settle();
        clock.Rate = level.Lambda;
    }

    public void MarkDeepInDebt(WeightedClaim claim, bool value)
    {
        if (claim.IsDeepInDebt == value)
            return;
        claim.IsDeepInDebt = value;
        _deepInDebt += value ? 1 : -1;
    }

    private void Enter(WeightedClaim claim)
    {
        claim.Episode = _episode;
        claim.Role = Role.None;
        claim.Line = Line.None;
        claim.LineIndex = claim.HoldIndex = claim.RiseIndex = -1;
        claim.IsDeepInDebt = false;
        claim.Bypassed = 0;
        claim.CountedInFlight = claim.InFlight;
        claim.CountedWeight = claim.Weight;
        claim.PerWeight = 1.0 / claim.Weight;
        clock.Open(claim);
    }

    // What a client is owed, in slot-seconds, is the same after its weight has changed.
    private void ChangeWeight(WeightedClaim claim)
    {
        claim.Used = clock.Time - ((clock.Time - claim.Used) * claim.CountedWeight / claim.Weight);
        claim.CountedWeight = claim.Weight;
        claim.PerWeight = 1.0 / claim.Weight;
    }

    // The claim is in none of the sums yet. It is judged as a contender, by the level it makes itself.
    private void Judge(WeightedClaim claim)
    {
        claim.Role = Role.Contender;
        level.Count(claim, 1);
        LimitCredit(claim);
        if (level.Covers(claim.Demand, claim.CountedWeight))
            ChangeRole(claim, Role.Satisfied);
        else if (_overHolders.IsStuck(claim))
            ChangeRole(claim, Role.Stuck);
    }

    private void ChangeRole(WeightedClaim claim, Role role)
    {
        level.Count(claim, -1);
        claim.Role = role;
        level.Count(claim, 1);
    }

    private void LimitCredit(WeightedClaim claim)
    {
        var part = Math.Max(level.Lambda * claim.CountedWeight, Math.Max(1, claim.HeadCost));
        var credit = CreditRounds * duration.Slice * part * claim.PerWeight;
        claim.Used = Math.Max(claim.Used, clock.Time - credit);
        MarkDeepInDebt(claim, claim.Used > clock.Time + credit);
    }
}
