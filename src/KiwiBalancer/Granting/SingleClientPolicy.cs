namespace KiwiBalancer.Granting;

/// <summary>
/// One client at a time has the whole server, the others wait in order of arrival. A turn ends when its client has had neither waiters nor slots in flight for a grace, after so many requests
/// (once they have ended), or when the client closes and has nothing left. What the client leaves idle stays idle.
/// </summary>
internal sealed class SingleClientPolicy(TurnRules rules) : IGrantPolicy
{
    private readonly IndexedHeap<SingleClientClaim, SingleClientClaim.InLine> _line = new();
    private SingleClientClaim? _holder;
    private long _granted;
    private long _turns;
    private double _idleSince;
    private long _newest;
    private int _limit;
    private int _inFlight;

    // Written by: any thread that reconfigures. Order: volatile; a ring follows.
    private TurnRules _rules = rules;

    public TurnRules Rules
    {
        get => Volatile.Read(ref _rules);
        set => Volatile.Write(ref _rules, value);
    }

    public bool HasOpenDoor => false;

    public double AskAgainAt => _holder is { } holder && _line.Count > 0 && IsIdle(holder) ? _idleSince + Rules.IdleGrace : double.PositiveInfinity;

    public Claim NewClaim() => new SingleClientClaim();

    public object PrepareRoom(int claims) => new HeapEntry<SingleClientClaim>[claims];

    public void InstallRoom(object room) => _line.Install((HeapEntry<SingleClientClaim>[])room);

    public void Begin(int limit, int inFlight, double now) => Advance(limit, inFlight, now);

    public void Advance(int limit, int inFlight, double now)
    {
        _limit = limit;
        _inFlight = inFlight;
    }

    public void Granted(Claim claim, int cost) => _granted++;

    public void Update(Claim claim, double now)
    {
        var client = (SingleClientClaim)claim;
        _newest = Math.Max(_newest, client.TailSequence);
        if (client != _holder)
        {
            Stand(client);
            return;
        }

        if (!IsIdle(client))
        {
            _idleSince = double.PositiveInfinity;
        }
        else if (double.IsPositiveInfinity(_idleSince))
        {
            _idleSince = now;
        }
    }

    public Claim? Next(double now)
    {
        if (_holder is { } ending && HasEnded(ending, now))
        {
            // Whoever has requests left stands behind all who are here now.
            ending.StandsAfter = _newest;
            ending.LastTurn = ++_turns;
            _holder = null;
            Stand(ending);
        }

        if (_holder is null && _line.Count > 0)
        {
            _holder = _line.Top;
            _line.Remove(_holder);
            _granted = 0;
            _idleSince = double.PositiveInfinity;
        }

        return _holder is { HeadCost: > 0 } holder && _granted < Rules.MaxRequests && holder.HeadCost <= (long)_limit - _inFlight ? holder : null;
    }

    private bool HasEnded(SingleClientClaim holder, double now) =>
        _granted >= Rules.MaxRequests ? holder.InFlight == 0
        : IsIdle(holder) && (holder.IsClosed || now >= _idleSince + Rules.IdleGrace);

    private static bool IsIdle(SingleClientClaim client) => client is { HeadCost: 0, InFlight: 0 };

    private void Stand(SingleClientClaim client)
    {
        var isInLine = client.LineIndex >= 0;
        if (client.HeadCost == 0)
        {
            if (isInLine)
            {
                _line.Remove(client);
            }

            return;
        }

        double key = Math.Max(client.HeadSequence, client.StandsAfter);
        if (!isInLine)
        {
            _line.Add(client, key, client.LastTurn);
        }
        else if (key != _line.KeyOf(client))
        {
            _line.Rekey(client, key, client.LastTurn);
        }
    }
}
