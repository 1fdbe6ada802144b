namespace KiwiBalancer.Identity;

/// <summary>The visitors of one balancer: registered when they come, forgotten when they have been idle for long, or idle longest when there are too many. However many names come by, what is kept is bounded.</summary>
/// <remarks>To be forgotten costs a visitor nothing: an idle client has no credit to lose.</remarks>
internal sealed class VisitorBook : IDisposable
{
    /// <summary>Keeps visitors apart from the balancer's own clients, so that no visitor can take the name of a client that the configuration adds later.</summary>
    public const string Prefix = "visitor/";

    private readonly IBalancer _balancer;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;

    // Guards all below, and the fields of the visitors.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Visitor> _visitors = new(StringComparer.Ordinal);

    // Invariant: the visitors without requests, the one that has been idle longest first.
    private readonly LinkedList<Visitor> _idle = [];
    private VisitorRules _rules;
    private bool _isTimerSet;

    public VisitorBook(IBalancer balancer, VisitorRules rules, TimeProvider timeProvider)
    {
        _balancer = balancer;
        _timeProvider = timeProvider;
        _rules = rules;
        _timer = timeProvider.CreateTimer(static book => ((VisitorBook)book!).ForgetIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Setting it changes how the visitors there are register anew, when they come back after having been forgotten; those in use keep what they have but for their weight, cap, bounds and timeout.</summary>
    public VisitorRules Rules
    {
        set
        {
            lock (_lock)
            {
                if (_rules == value)
                {
                    return;
                }

                _rules = value;
                while (_visitors.Count > value.Max && _idle.First is { } first)
                {
                    Forget(first.Value);
                }

                foreach (var visitor in _visitors.Values)
                {
                    visitor.Client.Reconfigure(value.ToOptions(Prefix + visitor.Name));
                }

                SetTimer();
            }
        }
    }

    /// <returns>False if there is no room, or the balancer has been disposed.</returns>
    public bool TryEnter(string name, out Visit visit)
    {
        visit = default;
        lock (_lock)
        {
            if (!_visitors.TryGetValue(name, out var visitor))
            {
                if (!TryMakeRoom() || Register(name) is not { } client)
                {
                    return false;
                }

                _visitors.Add(name, visitor = new Visitor(name, client));
            }
            else if (visitor.Requests == 0)
            {
                _idle.Remove(visitor.Idle);
            }

            visitor.Requests++;
            visit = new Visit(this, visitor);
            return true;
        }
    }

    /// <summary>A request of the visitor has ended.</summary>
    public void Leave(Visitor visitor)
    {
        lock (_lock)
        {
            if (--visitor.Requests == 0)
            {
                visitor.IdleSince = _timeProvider.GetTimestamp();
                _idle.AddLast(visitor.Idle);
                if (_visitors.Count > _rules.Max)
                {
                    // The cap was lowered while all of them were in use.
                    Forget(_idle.First!.Value);
                }

                SetTimer();
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private bool TryMakeRoom()
    {
        if (_visitors.Count < _rules.Max)
        {
            return true;
        }

        if (_idle.First is not { } longest)
        {
            return false;
        }

        Forget(longest.Value);
        return true;
    }

    private IClientHandle? Register(string name)
    {
        try
        {
            return _balancer.Register(_rules.ToOptions(Prefix + name));
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    private void ForgetIdle()
    {
        lock (_lock)
        {
            _isTimerSet = false;
            while (_idle.First is { } first && _timeProvider.GetElapsedTime(first.Value.IdleSince) >= _rules.IdleTimeout)
            {
                Forget(first.Value);
            }

            SetTimer();
        }
    }

    // One timer for all: when it fires too early for the first, because that one came back meanwhile, it is set again.
    private void SetTimer()
    {
        if (!_isTimerSet && _idle.First is { } first)
        {
            var left = _rules.IdleTimeout - _timeProvider.GetElapsedTime(first.Value.IdleSince);
            _isTimerSet = _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Forget(Visitor visitor)
    {
        _idle.Remove(visitor.Idle);
        _visitors.Remove(visitor.Name);

        // It has neither waiters nor slots, so this only frees its name.
        _ = visitor.Client.DisposeAsync().AsTask();
    }
}
