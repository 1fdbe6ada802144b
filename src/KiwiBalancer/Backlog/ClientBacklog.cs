using KiwiBalancer.Clients;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>
/// What the owner keeps about a client that has waited at least once: its lines, its claim, its places in the heaps. Made with the client's first waiter, so that an idle client costs nothing.
/// Owner only, but for the note and the reference to the client.
/// </summary>
internal sealed class ClientBacklog
{
    public ClientBacklog(ClientHandle client, Claim claim)
    {
        Client = client;
        Claim = claim;
        claim.Owner = this;
        claim.Weight = client.Weight;
        Cap = client.MaxInFlight;
        Touched = new TouchNote(this);
    }

    public ClientHandle Client { get; }

    public Claim Claim { get; }

    public TouchNote Touched { get; }

    /// <summary>Those that can be granted when their turn comes.</summary>
    public WaiterQueue Queue { get; } = new();

    /// <summary>Those whose cost exceeds the current limit or the client's own cap; null until there is one.</summary>
    public WaiterQueue? Sidelined { get; private set; }

    /// <summary>Those in either line that bounds and the timeout are for.</summary>
    public BoundedWaiters Bounded { get; } = new();

    /// <summary>The client's own cap by which the lines are sorted.</summary>
    public int Cap { get; private set; }

    public int Count => Queue.Count + (Sidelined?.Count ?? 0);

    public WidestCost Widest;

    // Its place in StaleClaims.
    public ClientBacklog? NextStale;
    public bool IsStale;

    /// <summary>Whether newcomers of other clients must not pass: somebody here waits for more than this client's own cap.</summary>
    public bool HoldsGate;

    // Places in OverflowVictims and QueueDeadlines; -1: not in it.
    public int VictimIndex = -1;
    public int DeadlineIndex = -1;

    public Waiter? Oldest => Sidelined?.First is not { } wide || (Queue.First is { } first && first.Sequence < wide.Sequence) ? Queue.First : wide;

    public void Add(Waiter waiter, int limit)
    {
        Link(waiter, limit);
        if (waiter.IsBounded)
        {
            Bounded.Add(waiter);
        }
    }

    public void Remove(Waiter waiter)
    {
        waiter.Line!.Remove(waiter);
        if (waiter.IsBounded)
        {
            Bounded.Remove(waiter);
        }
    }

    /// <summary>Moves waiters between the lines after a change of the limit or the cap.</summary>
    public void Resort(int limit)
    {
        Cap = Client.MaxInFlight;
        Resort(Queue, limit, wide: true);
        if (Sidelined is { Count: > 0 })
        {
            Resort(Sidelined, limit, wide: false);
        }
    }

    /// <summary>Writes into the claim what a policy wants to know.</summary>
    /// <returns>Whether the client holds the gate from now on.</returns>
    public bool UpdateClaim(int limit)
    {
        var inFlight = Client.InFlight;
        var head = Queue.First;
        var room = (long)Client.MaxInFlight - inFlight;
        var isEligible = head is not null && head.Cost <= room;
        if (inFlight == 0 && head is null)
        {
            Widest.Clear();
        }

        Claim.InFlight = inFlight;
        Claim.MaxCost = Widest.Value;
        Claim.HeadCost = isEligible ? head!.Cost : 0;
        Claim.Wanted = isEligible ? Math.Min(Queue.Slots, room) : 0;
        Claim.HeadSequence = isEligible ? head!.Sequence : 0;
        Claim.TailSequence = isEligible ? Queue.Last!.Sequence : 0;
        Claim.Waiting = isEligible ? Queue.Slots : 0;
        Claim.IsClosed = Client.IsClosed;

        // Those too wide for the limit hold the gate as well: when the limit rises, no newcomer may pass them before the owner has looked.
        // Those too wide for their client's cap wait for the cap, which no limit brings back.
        return isEligible || (Sidelined is { Count: > 0 } && limit < Cap);
    }

    private void Link(Waiter waiter, int limit)
    {
        if (waiter.Cost > Math.Min(limit, Cap))
        {
            (Sidelined ??= new WaiterQueue()).Add(waiter);
        }
        else
        {
            Queue.Add(waiter);
            Widest.Arrived(waiter.Cost);
        }
    }

    private void Resort(WaiterQueue line, int limit, bool wide)
    {
        for (var waiter = line.First; waiter is not null;)
        {
            var next = waiter.After;
            if (waiter.Cost > Math.Min(limit, Cap) == wide)
            {
                line.Remove(waiter);
                Link(waiter, limit);
            }

            waiter = next;
        }
    }
}
