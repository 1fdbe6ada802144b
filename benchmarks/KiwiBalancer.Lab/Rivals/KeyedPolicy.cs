using KiwiBalancer.Granting;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Rivals;

/// <summary>Serves the waiting client with the least key; a head that does not fit waits, and everybody behind it, as in all the schedulers modelled here.</summary>
internal abstract class KeyedPolicy : IRequestPolicy
{
    private readonly IndexedHeap<RivalClaim, RivalClaim.ByKey> _waiting = new();

    // They have no door beside the queue: every request comes before them.
    public bool HasOpenDoor => false;

    public double AskAgainAt => double.PositiveInfinity;

    protected int Limit { get; private set; }

    protected int InFlight { get; private set; }

    public Claim NewClaim() => new RivalClaim();

    public object PrepareRoom(int claims) => new HeapEntry<RivalClaim>[claims];

    public void InstallRoom(object room) => _waiting.Install((HeapEntry<RivalClaim>[])room);

    public void Begin(int limit, int inFlight, double now)
    {
        Limit = limit;
        InFlight = inFlight;
    }

    public void Advance(int limit, int inFlight, double now)
    {
        Passed(now);
        Limit = limit;
        InFlight = inFlight;
    }

    public void Update(Claim claim, double now)
    {
        var client = (RivalClaim)claim;
        Counted(client);
        var isIn = client.Index >= 0;
        if (client.HeadCost > 0)
        {
            var key = KeyOf(client);
            if (isIn)
                _waiting.Rekey(client, key, client.HeadSequence);
            else
                _waiting.Add(client, key, client.HeadSequence);
        }
        else if (isIn)
        {
            _waiting.Remove(client);
        }
    }

    public Claim? Next(double now) => _waiting.Count > 0 && _waiting.Top.HeadCost <= (long)Limit - InFlight ? _waiting.Top : null;

    public void Granted(Claim claim, int cost) => Granted((RivalClaim)claim);

    public virtual void Arrived(SimulatedRequest request)
    {
    }

    public virtual void Ended(SimulatedRequest request, double now)
    {
    }

    /// <summary>Whoever has the least is next. May change only with the client's own events.</summary>
    protected abstract double KeyOf(RivalClaim claim);

    protected virtual void Granted(RivalClaim claim)
    {
    }

    /// <summary>Time has passed, with everything as it was until now.</summary>
    protected virtual void Passed(double now)
    {
    }

    /// <summary>The client's numbers have changed.</summary>
    protected virtual void Counted(RivalClaim claim)
    {
    }
}
