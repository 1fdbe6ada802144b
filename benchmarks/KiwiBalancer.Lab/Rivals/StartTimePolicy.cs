using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Rivals;

/// <summary>
/// Start-time fair queueing of depth D, the limit: a request is tagged S = max(v, F of the client's last), F = S + cost/w, the least S is next, and v is the S of the
/// request served last. Stride scheduling is the same without arrivals. Sources: W. Jin, J. S. Chase, J. Kaur, "Interposed proportional sharing for a storage service
/// utility" (SIGMETRICS 2004); C. Waldspurger, W. Weihl, "Stride scheduling" (MIT/LCS/TM-528, 1995).
/// </summary>
/// <remarks>They count what a request costs when it is sent; how long it will run nobody knows then.</remarks>
internal sealed class StartTimePolicy : KeyedPolicy
{
    private double _virtualTime;

    public override void Arrived(SimulatedRequest request)
    {
        var claim = (RivalClaim)request.Client.Claim;
        request.Tag = Math.Max(_virtualTime, claim.Account);
        claim.Account = request.Tag + ((double)request.Cost / request.Client.Weight);
    }

    protected override double KeyOf(RivalClaim claim) => claim.Head.Tag;

    protected override void Granted(RivalClaim claim) => _virtualTime = claim.Head.Tag;
}
