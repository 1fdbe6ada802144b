namespace KiwiBalancer.Granting;

/// <summary>
/// Each freed slot goes to the next waiting client in turn; weights are ignored. A head that is wider than what is free keeps its turn, and the free slots are kept for it.
/// </summary>
/// <remarks>Waiting clients stand in a ring; who begins to wait stands last, so it is served after at most one turn of each of the others.</remarks>
internal sealed class RoundRobinPolicy : IGrantPolicy
{
    private RoundRobinClaim? _next;
    private int _limit;
    private int _inFlight;

    public bool HasOpenDoor => true;

    public double AskAgainAt => double.PositiveInfinity;

    public Claim NewClaim() => new RoundRobinClaim();

    public object PrepareRoom(int claims) => this;

    public void InstallRoom(object room)
    {
        // The ring is made of the claims themselves.
    }

    public void Begin(int limit, int inFlight, double now) => Advance(limit, inFlight, now);

    public void Advance(int limit, int inFlight, double now)
    {
        _limit = limit;
        _inFlight = inFlight;
    }

    public void Granted(Claim claim, int cost)
    {
        if (claim == _next)
        {
            _next = _next.After;
        }
    }

    public void Update(Claim claim, double now)
    {
        var client = (RoundRobinClaim)claim;
        var isInRing = client.After is not null;
        if (isInRing == client.HeadCost > 0)
        {
            return;
        }

        if (isInRing)
        {
            Leave(client);
        }
        else
        {
            StandLast(client);
        }
    }

    public Claim? Next(double now) => _next is { } next && next.HeadCost <= (long)_limit - _inFlight ? next : null;

    private void StandLast(RoundRobinClaim client)
    {
        _next ??= client;
        var last = _next.Before ?? client;
        client.Before = last;
        client.After = _next;
        last.After = client;
        _next.Before = client;
    }

    private void Leave(RoundRobinClaim client)
    {
        if (client == _next)
        {
            _next = client.After == client ? null : client.After;
        }

        client.Before!.After = client.After;
        client.After!.Before = client.Before;
        client.Before = null;
        client.After = null;
    }
}
