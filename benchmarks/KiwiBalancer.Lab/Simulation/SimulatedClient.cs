using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Simulation;

/// <summary>A client on the virtual clock: its queue, what it holds, and what it is going to send.</summary>
internal sealed class SimulatedClient(int index, Claim claim, int weight)
{
    private readonly SortedDictionary<int, int> _costs = [];

    public int Index { get; } = index;

    public Claim Claim { get; } = claim;

    public int Weight { get; set; } = weight;

    public int Cap { get; set; } = int.MaxValue;

    public Func<Random, double> Duration { get; set; } = Durations.Constant(1);

    public Func<Random, double> Think { get; set; } = Durations.Constant(0);

    public Func<Random, int> Cost { get; set; } = _ => 1;

    /// <summary>Requests still to be sent by <see cref="GrantSimulation.Keep"/>.</summary>
    public long Left { get; set; } = long.MaxValue;

    public LinkedList<SimulatedRequest> Queue { get; } = new();

    public int InFlight { get; set; }

    public long Granted { get; set; }

    public long Ended { get; set; }

    public double WorstWait { get; set; }

    public double TotalWait { get; set; }

    /// <summary>Σ cost of the waiters that fit the limit.</summary>
    public long WaitingSlots { get; private set; }

    public long Demand => InFlight + Claim.Wanted;

    public bool IsWaiting => Claim.HeadCost > 0;

    public SimulatedRequest? Head { get; private set; }

    public void CountCost(int cost, int sign)
    {
        var count = _costs.GetValueOrDefault(cost) + sign;
        if (count == 0)
            _costs.Remove(cost);
        else
            _costs[cost] = count;
    }

    public void Recount(int limit)
    {
        WaitingSlots = Queue.Where(request => request.Cost <= limit).Sum(request => (long)request.Cost);
        Refresh(limit);
    }

    public void CountWaiting(int cost, int limit) => WaitingSlots += Math.Abs(cost) <= limit ? cost : 0;

    /// <summary>Writes the claim as the owner of a grant loop would.</summary>
    public void Refresh(int limit)
    {
        var node = Queue.First;
        while (node is not null && node.Value.Cost > limit)
            node = node.Next;
        Head = node?.Value;
        var fits = Head is not null && Head.Cost <= Cap - InFlight;
        Claim.Weight = Weight;
        Claim.InFlight = InFlight;
        Claim.HeadCost = fits ? Head!.Cost : 0;
        Claim.Wanted = fits ? Math.Min(WaitingSlots, Cap - InFlight) : 0;
        Claim.HeadSequence = Head?.Sequence ?? 0;
        Claim.TailSequence = fits ? Queue.Last!.Value.Sequence : 0;
        Claim.Waiting = fits ? WaitingSlots : 0;
        Claim.MaxCost = _costs.Count == 0 ? 1 : _costs.Count == 1 ? _costs.First().Key : _costs.Last().Key;
    }
}
