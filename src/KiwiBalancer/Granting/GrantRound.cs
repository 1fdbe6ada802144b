using System.Diagnostics;
using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Ledger;

namespace KiwiBalancer.Granting;

/// <summary>
/// What the owner of the grant loop does: reads notes, keeps lines and claims, asks the policy, grants. Everything here is the owner's alone; the owner changes only between rounds,
/// with the interlocked operations of <see cref="GrantLoop"/> as fences, so plain fields suffice. Nothing here throws, allocates or runs code of the user.
/// </summary>
internal sealed class GrantRound(BalancerEngine engine, Inbox inbox)
{
    /// <summary>So that the first of many granted at once need not wait for the last.</summary>
    private const int MostGrants = 256;

    private readonly SlotLedger _ledger = engine.Ledger;
    private readonly IGrantPolicy _policy = engine.Policy;
    private readonly WaitingLines _lines = new();

    // Returned while gated by clients that have never waited: nobody's claim, but slots of the owner's count. See TouchNote for the others.
    // Written by: any returner (add), the owner (takes all). Order: interlocked; the ring that follows makes the owner look again.
    private long _returnedByStrangers;

    private StaleClaims _stale;
    private Decided _decided;
    private long _now;
    private double _seconds;
    private ReleaseRate _releases;
    private bool _isGated;
    private int _limit;
    private int _held;
    private int _gateHolders;

    /// <summary>When the queue timer must ring: a deadline comes, or the policy wants to be asked again; <see cref="long.MaxValue"/>: never.</summary>
    public long RingAt => Math.Min(_lines.EarliestDeadline, engine.ToTicks(_policy.AskAgainAt));

    /// <summary>Waiters that count against the bound of all.</summary>
    public int Bounded => _lines.Bounded;

    /// <summary>See <see cref="GrantLoop.IsAtRest"/>.</summary>
    public bool IsAtRest => _isGated == !_policy.HasOpenDoor && _ledger.Read().IsGated == _isGated && _lines.Count == 0 && _gateHolders == 0;

    /// <summary>Closes the gate for good if the policy wants to see every request. Before the balancer is used.</summary>
    public void Start()
    {
        ReadLimit();
        if (!_policy.HasOpenDoor)
        {
            CloseGate();
        }
    }

    /// <summary>One round.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="returned">What the owner gave back itself.</param>
    /// <param name="decided">Those whose callers are to be told; more are added.</param>
    /// <returns>Whether there is more to grant than one round may.</returns>
    public bool Run(long now, Returned returned, ref Decided decided)
    {
        _decided = decided;
        var hasMore = Run(now, returned);
        decided = _decided;
        _decided = default;
        return hasMore;
    }

    /// <summary>Slots came back from a client that has no backlog. Any thread.</summary>
    public void AddReturnedByStranger(int cost) => Interlocked.Add(ref _returnedByStrangers, cost);

    /// <summary>A waiter has arrived.</summary>
    public void Arrive(Waiter waiter)
    {
        if (waiter.State != WaiterState.Waiting)
        {
            waiter.LetGo();
            return;
        }

        var backlog = waiter.Client.Backlog!;
        FollowCap(backlog);
        _lines.Add(backlog, waiter, _limit);
        _stale.Add(backlog);
        if (waiter.Kind == WaiterKind.Probe)
        {
            Grant(int.MaxValue);
            if (waiter.Line is not null && waiter.TryReject())
            {
                _lines.Remove(waiter);
                waiter.LetGo();
                Refresh(backlog);
            }
        }
        else if (backlog.Client.ForcedOut is { } reason)
        {
            // Accepted before its client was closed, but left after the note that rejects all.
            Reject(waiter, reason);
            Refresh(backlog);
        }
        else if (waiter.Cost > backlog.Cap && backlog.Client.IsClosed)
        {
            Reject(waiter, backlog.Client.ClosedBy);
            Refresh(backlog);
        }
        else if (waiter.IsBounded && _lines.IsOver(backlog, engine.Settings.MaxQueueLength))
        {
            // A bound holds for those that wait, so first everybody is granted who can be.
            Grant(int.MaxValue);
            if (_lines.Victim(backlog, engine.Settings.MaxQueueLength, engine.Settings.OverflowPolicy) is { } victim)
            {
                var loser = victim.Client.Backlog!;
                Reject(victim, RejectionReason.QueueFull);
                Refresh(loser);
            }
        }
    }

    /// <summary>A waiter has been cancelled.</summary>
    public void Drop(Waiter waiter)
    {
        if (waiter.Line is not null)
        {
            var backlog = waiter.Client.Backlog!;
            _lines.Remove(waiter);
            waiter.LetGo();
            _stale.Add(backlog);
        }
    }

    /// <summary>Slots of a client came back, or its weight, cap, bounds or timeout have changed, or it has been closed.</summary>
    public void Touch(ClientBacklog backlog, int returned)
    {
        if (returned != 0)
        {
            Subtract(returned);
        }

        var weight = backlog.Client.Weight;
        if (weight != backlog.Claim.Weight)
        {
            backlog.Claim.Weight = weight;
            _lines.CorrectVictim(backlog);
        }

        if (backlog.Client.TakeTimeoutChanged())
        {
            _lines.CorrectDeadline(backlog);
        }

        FollowCap(backlog);
        RejectHopeless(backlog);
        _stale.Add(backlog);
    }

    public void RejectAll(ClientBacklog backlog, RejectionReason reason)
    {
        while (backlog.Oldest is { } waiter)
        {
            Reject(waiter, reason);
        }

        Refresh(backlog);
    }

    /// <summary>Rejects those that have waited too long.</summary>
    public void Expire()
    {
        while (_lines.Due(_now) is { } backlog)
        {
            // Compared as the heap compares, or a rounded key could be due for ever.
            while (backlog.Bounded.Oldest is { } waiter && (double)QueueDeadlines.Deadline(backlog) <= _now)
            {
                Reject(waiter, RejectionReason.QueueTimeout);
            }

            _lines.CorrectDeadline(backlog);
            Refresh(backlog);
        }
    }

    public void Forget(ClientBacklog backlog)
    {
        Refresh(backlog);
        _lines.Forget(backlog);
    }

    public void Install(object policyRoom, object linesRoom)
    {
        _policy.InstallRoom(policyRoom);
        _lines.InstallRoom(linesRoom);
    }

    private bool Run(long now, Returned returned)
    {
        if (now > _now)
        {
            _now = now;
            _seconds = engine.ToSeconds(now);
        }

        if (!_isGated)
        {
            // Those who wait for their own client's cap leave the gate open, but a new limit may send their head aside and let others pass it.
            if (inbox.IsEmpty && returned.Backlog is not { Count: > 0 } && (_lines.Count == 0 || _ledger.Read().Limit == _limit))
            {
                return false;
            }

            CloseGate();
        }

        // The notes are taken before the limit and the strangers' returns are read, and applied after: so whatever came before an arrival counts when the arrival is judged.
        var note = inbox.TakeAll();
        ReadLimit();
        var slots = returned.Slots + (Volatile.Read(ref _returnedByStrangers) == 0 ? 0 : Interlocked.Exchange(ref _returnedByStrangers, 0));
        if (slots != 0)
        {
            Subtract(slots);
        }

        while (note is not null)
        {
            // Taken apart before, since it may be left again at once: a note that stayed linked would keep all those behind it from the collector, and clients that have gone with them.
            var next = note.Next;
            note.Next = null;
            note.Apply(this);
            note = next;
        }

        // After the notes: among them may be the one that makes room for this client in the heaps.
        if (returned.Backlog is { } backlog)
        {
            Touch(backlog, returned: 0);
        }

        var isDone = Grant(MostGrants);
        Debug.Assert(_stale.IsEmpty, "What changed after the last grant is told of at the next.");
        if (_gateHolders == 0 && _policy.HasOpenDoor)
        {
            // A waiter left after TakeAll is no reason to keep it shut: its ring makes another round, which closes the gate again before it looks at anything.
            _isGated = false;
            _ledger.OpenGate();
        }

        return !isDone;
    }

    private void CloseGate()
    {
        var word = _ledger.CloseGate();
        _isGated = true;
        _held = word.InFlight;
        _policy.Begin(_limit, _held, _seconds);
    }

    /// <returns>Whether it has changed.</returns>
    private bool ReadLimit()
    {
        var limit = _ledger.Read().Limit;
        if (limit == _limit)
        {
            return false;
        }

        var isLower = limit < _limit;
        _limit = limit;
        _policy.Advance(_limit, _held, _seconds);
        _lines.Resort(_limit, isLower, this, static (round, backlog) => round.Refresh(backlog));
        return true;
    }

    private void Subtract(long returned)
    {
        // Not below the word: a note of an earlier gated time may be late, and the closing has excluded its slots already.
        _held = (int)Math.Max(_held - returned, _ledger.Read().InFlight);
        _releases.Add(returned, _seconds);
        _policy.Advance(_limit, _held, _seconds);
    }

    /// <returns>Whether nobody is left who can be granted.</returns>
    private bool Grant(int most)
    {
        while (_stale.TryTake() is { } stale)
        {
            Refresh(stale);
        }

        for (var granted = 0; granted < most;)
        {
            if (_policy.Next(_seconds) is not { } claim)
            {
                return true;
            }

            var backlog = (ClientBacklog)claim.Owner!;
            var waiter = backlog.Queue.First!;
            if (!_ledger.TryTakeGated(waiter.Cost))
            {
                // Another thread has lowered the limit in this instant. Were it raised again already, that thread's ring makes another round.
                if (ReadLimit())
                {
                    continue;
                }

                return true;
            }

            if (waiter.TryGrant())
            {
                _held += waiter.Cost;
                backlog.Client.WaiterGranted(waiter.Cost);
                _lines.Remove(waiter);
                backlog.Widest.Granted(backlog.Count);
                _decided.Add(waiter);
                _policy.Advance(_limit, _held, _seconds);
                _policy.Granted(claim, waiter.Cost);
                granted++;
            }
            else
            {
                // The caller cancelled first and completes it; its note is on the way and will find it gone.
                _ledger.Return(waiter.Cost);
                _lines.Remove(waiter);
                waiter.LetGo();
            }

            Refresh(backlog);
        }

        return false;
    }

    private void Reject(Waiter waiter, RejectionReason reason)
    {
        var backlog = waiter.Client.Backlog!;
        _lines.Remove(waiter);
        if (waiter.TryReject())
        {
            waiter.Reason = reason;
            waiter.QueueLength = _lines.Count;
            waiter.ClientQueueLength = backlog.Count;
            waiter.RetryAfterSeconds = reason is RejectionReason.QueueFull or RejectionReason.QueueTimeout ? _lines.Slots / _releases.PerSecond(_seconds) : double.NaN;
            _decided.Add(waiter);
        }
        else
        {
            waiter.LetGo();
        }
    }

    private void FollowCap(ClientBacklog backlog)
    {
        if (backlog.Client.MaxInFlight != backlog.Cap)
        {
            _lines.Resort(backlog, _limit);
        }
    }

    /// <summary>Rejects those wider than the cap of a closed client, which rises no more; its disposal would wait for them for ever.</summary>
    private void RejectHopeless(ClientBacklog backlog)
    {
        if (backlog.Sidelined is not { Count: > 0 } sidelined || !backlog.Client.IsClosed)
        {
            return;
        }

        for (var waiter = sidelined.First; waiter is not null;)
        {
            var next = waiter.After;
            if (waiter.Cost > backlog.Cap)
            {
                Reject(waiter, backlog.Client.ClosedBy);
            }

            waiter = next;
        }
    }

    /// <summary>Brings a client's claim up to date and tells the policy.</summary>
    private void Refresh(ClientBacklog backlog)
    {
        var holdsGate = backlog.UpdateClaim(_limit);
        if (holdsGate != backlog.HoldsGate)
        {
            backlog.HoldsGate = holdsGate;
            _gateHolders += holdsGate ? 1 : -1;
        }

        _policy.Update(backlog.Claim, _seconds);
    }
}
