using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Rivals;

/// <summary>
/// Kubernetes API Priority and Fairness: a queue's next dispatch R goes up by cost x 3 ms, a guess, when a request starts, and is corrected to what it took when it ends; the
/// least virtual finish is next; R moves at min(seats asked for, limit) / active queues. Source: k8s.io/apiserver, pkg/util/flowcontrol/fairqueuing/queueset (doc.go, queueset.go); KEP-1040.
/// </summary>
/// <remarks>Their queues have no weights; here work is divided by the weight and queues are counted by it, as their source paper does (Demers, Keshav, Shenker, 1989). A D is one second.</remarks>
internal sealed class PriorityAndFairnessPolicy : KeyedPolicy
{
    private const double Guess = 0.003;

    private double _now;
    private double _virtualTime;
    private double _activeWeight;
    private long _asked;
    private readonly Dictionary<RivalClaim, (int Weight, long Demand)> _active = [];

    public override void Arrived(SimulatedRequest request)
    {
        var claim = (RivalClaim)request.Client.Claim;
        Passed(request.Arrived);
        request.Tag = _virtualTime;
        if (!_active.ContainsKey(claim))
            claim.Account = _virtualTime;
    }

    public override void Ended(SimulatedRequest request, double now)
    {
        var claim = (RivalClaim)request.Client.Claim;
        claim.Account -= request.Cost * (Guess - (now - request.Started)) / request.Client.Weight;
    }

    protected override void Granted(RivalClaim claim) => claim.Account += claim.HeadCost * Guess / claim.Weight;

    protected override double KeyOf(RivalClaim claim)
    {
        // "Anti-windup": nothing is dispatched before it has arrived.
        claim.Account = Math.Max(claim.Account, claim.Head.Tag);
        return claim.Account + (claim.HeadCost * Guess / claim.Weight);
    }

    protected override void Passed(double now)
    {
        if (_activeWeight > 0)
            _virtualTime += Math.Min(_asked, Limit) / _activeWeight * (now - _now);
        _now = now;
    }

    protected override void Counted(RivalClaim claim)
    {
        if (_active.Remove(claim, out var old))
        {
            _activeWeight -= old.Weight;
            _asked -= old.Demand;
        }

        var demand = claim.InFlight + claim.Wanted;
        if (demand == 0)
            return;
        _active.Add(claim, (claim.Weight, demand));
        _activeWeight += claim.Weight;
        _asked += demand;
    }
}
