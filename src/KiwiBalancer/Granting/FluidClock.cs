using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// Virtual time V: slot-seconds per weight that those who compete would have had if their slots had been divided like a fluid. It moves at the rate at
/// which they are really served, Σn / Σw over contenders and stuck, so that Σ w·(V - v) stays as it is: what one is owed, another has had.
/// </summary>
/// <remarks>
/// Not the mean of v, which stands still while one-shot clients come and go, all of them looking needy, until the residents starve behind them.
/// Not the integral of λ either: λ leaves the stuck out, and while one was stuck the others earned nothing; and it counts slots kept for a wide head
/// as service, so that V ran away from everybody's account. Nor need V jump to the first who waits (WF2Q+) so that somebody is always eligible: it cannot fall
/// behind those who are served, only behind debts whose creditors have gone, and these are forgiven.
/// </remarks>
internal sealed class FluidClock(WaterLevel level)
{
    private double _episodeStart;
    private double _now;
    private double _rate;

    /// <summary>V, from 0 at the start of the episode, which keeps its digits for small differences.</summary>
    public double Time { get; private set; }

    /// <summary>
    /// Σ w·(V - v) over those who compete: what they are owed less what they have had in advance. Zero while each debt has its creditor;
    /// above it a debtor has gone away, below it a creditor.
    /// </summary>
    public double Balance { get; private set; }

    public void Begin(double now)
    {
        _episodeStart = _now = now;
        Time = 0;
        _rate = 0;
        Balance = 0;
    }

    /// <summary>Lets time pass; returns how much did.</summary>
    public double Tick(double now)
    {
        var elapsed = now - _now;
        if (elapsed <= 0)
            return 0;
        Time += _rate * elapsed;
        _now = now;
        return elapsed;
    }

    /// <summary>Takes over the sums as they are now, for the time that follows.</summary>
    public void SetRate() => _rate = level.CompetingWeight == 0 ? 0 : (double)level.CompetingHeld / level.CompetingWeight;

    /// <summary>Counts the account of one who competes in (sign 1) or out (sign -1); it must have been charged up to now.</summary>
    public void Count(WeightedClaim claim, int sign)
    {
        if (claim.Role is Role.Contender or Role.Stuck)
            Balance = level.CompetingWeight == 0 ? 0 : Balance + (sign * (Time - claim.Used) * claim.CountedWeight);
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
        var balance = known.Where(c => c.Role is Role.Contender or Role.Stuck)
            .Sum(c => ((Time - c.Used) * c.CountedWeight) - (c.CountedInFlight * (_now - c.SyncedAt)));
        Debug.Assert(Math.Abs(balance - Balance) <= 1e-6 * (1 + Math.Abs(balance)), "The balance is wrong.");
    }
}
