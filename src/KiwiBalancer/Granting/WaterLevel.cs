using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// The level λ of the weighted max-min share as sums over roles: λ·w is what a contender may hold now. All tests against it are exact, since
/// shares that are whole numbers are the usual case (25/25/50) and a rounding there would cost a slot.
/// </summary>
/// <remarks>
/// λ = (limit - in-flight + Σn over contenders - Σ(d - n) over satisfied) / Σw over contenders. In-flight slots that belong to nobody in these sums
/// (stuck clients, and clients not yet seen in this episode) thereby count as capacity that is gone.
/// </remarks>
internal sealed class WaterLevel
{
    private long _free;
    private long _weight;
    private long _held;
    private long _unmet;
    private long _stuckWeight;
    private long _stuckHeld;

    /// <summary>Slots the contenders share; negative while over-holders or the satisfied take more than there is.</summary>
    public long Pool => _free + _held - _unmet;

    /// <summary>Slots per weight.</summary>
    public double Lambda => _weight == 0 ? 0 : (double)Math.Max(0, Pool) / _weight;

    /// <summary>Σ weight of all that compete: the contenders and the stuck.</summary>
    public long CompetingWeight => _weight + _stuckWeight;

    /// <summary>Slots held by all that compete.</summary>
    public long CompetingHeld => _held + _stuckHeld;

    /// <summary>The largest cost any client with demand holds or waits with; at least 1.</summary>
    public int Widest { get; set; } = 1;

    public void Clear() => (_weight, _held, _unmet, _stuckWeight, _stuckHeld, Widest) = (0, 0, 0, 0, 0, 1);

    public void SetFree(int limit, int inFlight) => _free = (long)limit - inFlight;

    /// <summary>Adds (sign 1) what the claim is counted with to the sums of its role, or takes it out (sign -1).</summary>
    public void Count(WeightedClaim claim, int sign)
    {
        if (claim.Role == Role.Contender)
        {
            _weight += sign * (long)claim.CountedWeight;
            _held += sign * (long)claim.CountedInFlight;
        }
        else if (claim.Role == Role.Stuck)
        {
            _stuckWeight += sign * (long)claim.CountedWeight;
            _stuckHeld += sign * (long)claim.CountedInFlight;
        }
        else if (claim.Role == Role.Satisfied)
        {
            _unmet += sign * claim.CountedWanted;
        }
    }

    /// <summary>slots ≤ λ·weight. Whether the client asked about is among the contenders or not, the answer is the same if slots is its demand.</summary>
    public bool Covers(long slots, int weight) => Compare(slots, Pool, weight) <= 0;

    /// <summary>slots ≥ λ·weight.</summary>
    public bool IsReachedBy(long slots, int weight) => Compare(slots, Math.Max(0, Pool), weight) >= 0;

    /// <summary>Whether a stuck client would over-hold no longer, once its slots and weight were back among the contenders'.</summary>
    public bool WouldFree(WeightedClaim stuck)
    {
        var pool = Math.Max(0, Pool + stuck.CountedInFlight);
        return (Int128)(stuck.CountedInFlight - Widest) * (_weight + stuck.CountedWeight) < (Int128)pool * stuck.CountedWeight;
    }

    [Conditional("DEBUG")]
    public void AssertInvariants(WeightedClaim[] known)
    {
        Debug.Assert(_weight == known.Where(c => c.Role == Role.Contender).Sum(c => (long)c.CountedWeight), "Σw is wrong.");
        Debug.Assert(_held == known.Where(c => c.Role == Role.Contender).Sum(c => (long)c.CountedInFlight), "Σn is wrong.");
        Debug.Assert(_stuckWeight == known.Where(c => c.Role == Role.Stuck).Sum(c => (long)c.CountedWeight), "Σw of the stuck is wrong.");
        Debug.Assert(_stuckHeld == known.Where(c => c.Role == Role.Stuck).Sum(c => (long)c.CountedInFlight), "Σn of the stuck is wrong.");
        Debug.Assert(_unmet == known.Where(c => c.Role == Role.Satisfied).Sum(c => c.CountedWanted), "Σ(d - n) is wrong.");
    }

    // Compares slots * Σw with pool * weight. Below 2^31 a factor the products fit into 63 bits, which is all that most servers ever need.
    private int Compare(long slots, long pool, int weight)
    {
        const long Narrow = 1L << 31;
        if (_weight < Narrow && slots < Narrow && pool < Narrow && pool > -Narrow)
            return (slots * _weight).CompareTo(pool * weight);
        return ((Int128)slots * _weight).CompareTo((Int128)pool * weight);
    }
}
