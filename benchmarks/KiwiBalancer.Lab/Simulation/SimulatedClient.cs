using KiwiBalancer.Backlog;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Simulation;

/// <summary>A client on the virtual clock: its queue, what it holds, and what it is going to send.</summary>
internal sealed class SimulatedClient
{
    private WidestCost _widest;

    public SimulatedClient(int index, Claim claim, int weight, int seed)
    {
        Index = index;
        Claim = claim;
        Weight = weight;
        claim.Owner = this;

        // Each client draws from its own sources, so that under every policy its n-th request is the same.
        Random = new Random(unchecked((seed * 1_000_003) + (index * 2)));
        Pauses = new Random(unchecked((seed * 1_000_003) + (index * 2) + 1));
    }

    public int Index { get; }

    public Claim Claim { get; }

    /// <summary>Decides what the client's requests cost and how long they run.</summary>
    public Random Random { get; }

    /// <summary>Decides when the client sends.</summary>
    public Random Pauses { get; }

    public int Weight { get; set; }

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

    public void Enqueue(SimulatedRequest request, int limit)
    {
        request.Node = Queue.AddLast(request);
        WaitingSlots += request.Cost <= limit ? request.Cost : 0;
        _widest.Arrived(request.Cost);
    }

    public void Dequeue(SimulatedRequest request, int limit)
    {
        Queue.Remove(request.Node!);
        WaitingSlots -= request.Cost <= limit ? request.Cost : 0;
    }

    public void CountGrant() => _widest.Granted(Queue.Count);

    public void Recount(int limit)
    {
        WaitingSlots = Queue.Where(request => request.Cost <= limit).Sum(request => (long)request.Cost);
        Refresh(limit);
    }

    /// <summary>Writes the claim as the owner of a grant loop would.</summary>
    public void Refresh(int limit)
    {
        var node = Queue.First;
        while (node is not null && node.Value.Cost > limit)
            node = node.Next;
        Head = node?.Value;
        if (InFlight == 0 && Head is null)
            _widest.Clear();
        var fits = Head is not null && Head.Cost <= Cap - InFlight;
        Claim.Weight = Weight;
        Claim.InFlight = InFlight;
        Claim.HeadCost = fits ? Head!.Cost : 0;
        Claim.Wanted = fits ? Math.Min(WaitingSlots, Cap - InFlight) : 0;
        Claim.HeadSequence = Head?.Sequence ?? 0;
        Claim.TailSequence = fits ? Queue.Last!.Value.Sequence : 0;
        Claim.Waiting = fits ? WaitingSlots : 0;
        Claim.MaxCost = _widest.Value;
    }
}
