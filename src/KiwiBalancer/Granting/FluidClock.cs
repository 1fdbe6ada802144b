using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// Virtual time V = ∫λ dt: the slot-seconds per weight an ideal fluid server would have given a contender. Not a mean of what clients have used:
/// one-shot clients come and go with that mean, it stands still, and residents starve behind newcomers who all look needy.
/// </summary>
internal sealed class FluidClock(WaterLevel level)
{
    private double _episodeStart;
    private double _now;

    /// <summary>V, from 0 at the start of the episode, which keeps its digits for small differences.</summary>
    public double Time { get; private set; }

    /// <summary>
    /// Σ w·(V - v) over the contenders: slot-seconds they are owed less those they have had in advance. Near zero while what one is owed another has had;
    /// above it the debtor has gone away, below it the creditor.
    /// </summary>
    public double Balance { get; private set; }

    /// <summary>The speed of V from now on: λ, less what nobody is served with.</summary>
    public double Rate { get; set; }

    public void Begin(double now)
    {
        _episodeStart = _now = now;
        Time = 0;
        Rate = 0;
        Balance = 0;
    }

    /// <summary>Lets time pass; returns how much did.</summary>
    public double Tick(double now)
    {
        var elapsed = now - _now;
        if (elapsed <= 0)
            return 0;
        Time += Rate * elapsed;
        Balance += ((Rate * level.Weight) - level.Held) * elapsed;
        _now = now;
        return elapsed;
    }

    /// <summary>
    /// Jumps forward to the first competitor, so that somebody is eligible (the rule of WF2Q+), but only as far as nobody is owed for it: while one
    /// client is deep in debt the others run ahead of V together, and V jumping along with them would forgive that debt.
    /// </summary>
    public void JumpTo(double time)
    {
        if (Balance >= 0 || level.Weight == 0)
            return;
        var jump = Math.Min(time - Time, -Balance / level.Weight);
        if (jump <= 0)
            return;
        Time += jump;
        Balance += jump * level.Weight;
    }

    /// <summary>Counts a contender's account in (sign 1) or out (sign -1); it must have been charged up to now.</summary>
    public void Count(WeightedClaim claim, int sign)
    {
        if (claim.Role == Role.Contender)
            Balance = level.Weight == 0 ? 0 : Balance + (sign * (Time - claim.Used) * claim.CountedWeight);
    }

    /// <summary>Charges the claim for the slots it was counted with since it was last charged.</summary>
    public void Charge(WeightedClaim claim)
    {
        claim.Used += claim.CountedInFlight * (_now - claim.SyncedAt) * claim.PerWeight;
        claim.SyncedAt = _now;
    }

    /// <summary>The claim's first charge in this episode: what it held then it is taken to have held from the start.</summary>
    public void Open(WeightedClaim claim)
    {
        claim.Used = 0;
        claim.SyncedAt = _episodeStart;
    }

    [Conditional("DEBUG")]
    public void AssertInvariants(WeightedClaim[] known)
    {
        var balance = known.Where(c => c.Role == Role.Contender)
            .Sum(c => ((Time - c.Used) * c.CountedWeight) - (c.CountedInFlight * (_now - c.SyncedAt)));
        Debug.Assert(Math.Abs(balance - Balance) <= 1e-6 * (1 + Math.Abs(balance)), "The balance is wrong.");
    }
}
