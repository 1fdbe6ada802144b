namespace KiwiBalancer.Granting;

/// <summary>
/// Virtual time V = ∫λ dt: the slot-seconds per weight an ideal fluid server would have given a contender. Not a mean of what clients have used:
/// one-shot clients come and go with that mean, it stands still, and residents starve behind newcomers who all look needy.
/// </summary>
internal sealed class FluidClock
{
    private double _episodeStart;
    private double _now;

    /// <summary>V, from 0 at the start of the episode, which keeps its digits for small differences.</summary>
    public double Time { get; private set; }

    /// <summary>λ, the speed of V from now on.</summary>
    public double Rate { get; set; }

    public void Begin(double now)
    {
        _episodeStart = _now = now;
        Time = 0;
        Rate = 0;
    }

    /// <summary>Lets time pass; returns how much did.</summary>
    public double Tick(double now)
    {
        var elapsed = now - _now;
        if (elapsed <= 0)
            return 0;
        Time += Rate * elapsed;
        _now = now;
        return elapsed;
    }

    /// <summary>Jumps forward to the first competitor, so that somebody is always eligible (the rule of WF2Q+).</summary>
    public void JumpTo(double time) => Time = Math.Max(Time, time);

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
}
