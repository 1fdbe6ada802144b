using KiwiBalancer.Backlog;

namespace KiwiBalancer.Granting;

/// <summary>
/// Clients whose claims the policy has not been told of yet, in the order in which they changed. A client of which several notes are read at once (it gave a slot back, and its next request arrived)
/// is told of once; for the policy it is the same instant. Owner only; empty between rounds.
/// </summary>
/// <remarks>Told at every note, a saturated balancer spent a fifth more on its policy.</remarks>
internal struct StaleClaims
{
    private ClientBacklog? _first;
    private ClientBacklog? _last;

    public readonly bool IsEmpty => _first is null;

    public void Add(ClientBacklog backlog)
    {
        if (backlog.IsStale)
        {
            return;
        }

        backlog.IsStale = true;
        if (_last is null)
        {
            _first = backlog;
        }
        else
        {
            _last.NextStale = backlog;
        }

        _last = backlog;
    }

    public ClientBacklog? TryTake()
    {
        if (_first is not { } backlog)
        {
            return null;
        }

        _first = backlog.NextStale;
        _last = _first is null ? null : _last;
        backlog.NextStale = null;
        backlog.IsStale = false;
        return backlog;
    }
}
