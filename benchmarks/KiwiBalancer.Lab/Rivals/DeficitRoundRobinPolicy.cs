using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Rivals;

/// <summary>
/// Weighted deficit round-robin: when its turn comes a client may take slots for its weight and what it has left over from the last turn; then the next has its turn.
/// Source: M. Shreedhar, G. Varghese, "Efficient fair queuing using deficit round-robin" (SIGCOMM 1995).
/// </summary>
internal sealed class DeficitRoundRobinPolicy : IGrantPolicy
{
    private readonly LinkedList<RivalClaim> _ring = new();
    private int _free;

    public bool HasOpenDoor => false;

    public double AskAgainAt => double.PositiveInfinity;

    public Claim NewClaim() => new RivalClaim();

    public object PrepareRoom(int claims) => this;

    public void InstallRoom(object room)
    {
        // The ring has none to prepare.
    }

    public void Begin(int limit, int inFlight, double now) => _free = limit - inFlight;

    public void Advance(int limit, int inFlight, double now) => _free = limit - inFlight;

    public void Granted(Claim claim, int cost) => ((RivalClaim)claim).Account -= cost;

    public void Update(Claim claim, double now)
    {
        var client = (RivalClaim)claim;
        if (client.HeadCost > 0 && !client.IsListed)
        {
            client.IsListed = true;
            client.Account = _ring.Count == 0 ? client.Weight : 0;
            _ring.AddLast(client);
        }
        else if (client.HeadCost == 0 && client.IsListed)
        {
            client.IsListed = false;
            var wasFirst = _ring.First!.Value == client;
            _ring.Remove(client);
            if (wasFirst && _ring.First is { } next)
                next.Value.Account += next.Value.Weight;
        }
    }

    public Claim? Next(double now)
    {
        if (_free <= 0 || _ring.First is null)
            return null;

        // Who is first has had its quantum added; when what is left does not cover its head, it stands last.
        while (_ring.First!.Value is var first)
        {
            if (first.HeadCost <= first.Account)
                return first.HeadCost <= _free ? first : null;
            _ring.RemoveFirst();
            _ring.AddLast(first);
            var next = _ring.First.Value;
            next.Account += next.Weight;
        }

        return null;
    }
}
