using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>Keeps every client's role, the sums of the water level and each account of used slot-seconds in step.</summary>
internal sealed class Standings(WaterLevel level, FluidClock clock, MeanDuration duration, Lines lines)
{
    // κ: for how many rounds of service an account is kept without backing. More would let old debts hold a newcomer back, less would forget real ones.
    private const double KeptRounds = 4;

    private readonly OverHolders _overHolders = new(level);
    private readonly WideClaims _wide = new();
    private long _episode;

    public void Install(PolicyRoom room)
    {
        _overHolders.Install(room.Contenders, room.Stuck);
        _wide.Install(room.Wide);
    }

    public void Begin()
    {
        _episode++;
        level.Clear();
        _overHolders.Clear();
        _wide.Clear();
    }

    /// <summary>Takes over the claim's new numbers and gives it the role they earn.</summary>
    public void Recount(WeightedClaim claim)
    {
        if (claim.Episode != _episode)
            Enter(claim);
        clock.Charge(claim);

        var before = claim.Role;
        Count(claim, -1);
        if (claim.CountedWeight != claim.Weight)
            ChangeWeight(claim);

        // Idle or fully served, a client earns nothing; what it has had in advance it keeps on its account.
        if (before is Role.None or Role.Satisfied)
            claim.Used = Math.Max(claim.Used, EntryTime(claim));
        var isServed = claim.CountedInFlight != claim.InFlight;
        claim.CountedInFlight = claim.InFlight;
        claim.CountedWanted = claim.Wanted;
        claim.Role = Role.None;
        _wide.Count(claim);
        if (level.Widest != _wide.Widest)
        {
            level.Widest = _wide.Widest;
            _overHolders.Rebuild();
        }

        if (claim.Demand > 0)
            Judge(claim);
        if (isServed && claim.Role is (Role.Contender or Role.Stuck))
            LimitAccount(claim);
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
        claim.Used = Math.Max(claim.Used, EntryTime(claim));
        Count(claim, -1);
        Judge(claim);
        _overHolders.Place(claim, Role.Satisfied);
        Settle();
    }

    /// <summary>Brings the roles in line with the level, and the clock with both.</summary>
    public void Settle()
    {
        _overHolders.Settle();
        clock.SetRate();
    }

    public bool IsKnown(WeightedClaim claim) => claim.Episode == _episode;

    [Conditional("DEBUG")]
    public void AssertInvariants(WeightedClaim[] known)
    {
        _overHolders.AssertInvariants();
        _wide.AssertInvariants(known);
        foreach (var claim in known)
            Debug.Assert(claim.Role != Role.Stuck || claim.HoldIndex >= 0, "A stuck client would never be freed.");
    }

    private void Enter(WeightedClaim claim)
    {
        claim.Episode = _episode;
        claim.Role = Role.None;
        claim.Line = Line.None;
        claim.LineIndex = claim.HoldIndex = claim.RiseIndex = claim.WidthIndex = -1;
        claim.CountedMaxCost = 1;
        claim.Bypassed = 0;
        claim.Order = 0;
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
        Count(claim, 1);
        if (level.Covers(claim.Demand, claim.CountedWeight))
            ChangeRole(claim, Role.Satisfied);
        else if (_overHolders.IsStuck(claim))
            ChangeRole(claim, Role.Stuck);
    }

    private void ChangeRole(WeightedClaim claim, Role role)
    {
        Count(claim, -1);
        claim.Role = role;
        Count(claim, 1);
    }

    private void Count(WeightedClaim claim, int sign)
    {
        level.Count(claim, sign);
        clock.Count(claim, sign);
    }

    // Where all that compete are owed much, a newcomer at V would stand behind all of it; he stands κ rounds behind the first of them.
    private double EntryTime(WeightedClaim claim)
    {
        if (lines.Owed.Count == 0)
            return clock.Time;
        var round = duration.Slice * Math.Max(1, claim.HeadCost) / claim.Weight;
        return Math.Min(clock.Time, lines.Owed.TopKey + ((KeptRounds - 1) * round));
    }

    // Beyond κ rounds an account is kept only as far as it is backed: credit when the debtor has gone cannot be paid back by anybody else, and a debt
    // when the creditor has gone would be collected by whoever comes next. Each gives up his part by weight whenever he is granted or returns a slot: if the
    // first to be touched gave up all, or an arrival counted, a newcomer would lose the credit he was let in with, and wait 240 D behind the others.
    private void LimitAccount(WeightedClaim claim)
    {
        var part = Math.Max(level.Lambda * claim.CountedWeight, Math.Max(1, claim.HeadCost));
        var limit = KeptRounds * duration.Slice * part;
        var credit = (clock.Time - claim.Used) * claim.CountedWeight;
        var unbacked = clock.Balance * claim.CountedWeight / level.CompetingWeight;
        double kept;
        if (credit > limit && unbacked > 0)
            kept = Math.Max(limit, credit - unbacked);
        else if (credit < -limit && unbacked < 0)
            kept = Math.Min(-limit, credit - unbacked);
        else
            return;
        clock.Count(claim, -1);
        claim.Used = clock.Time - (kept * claim.PerWeight);
        clock.Count(claim, 1);
    }
}
