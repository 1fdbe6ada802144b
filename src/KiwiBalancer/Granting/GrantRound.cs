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
    private readonly OverflowVictims _victims = new();
    private readonly QueueDeadlines _deadlines = new();

    // Returned while gated by clients that have never waited: nobody's claim, but slots of the owner's count. See TouchNote for the others.
    // Written by: any returner (add), the owner (takes all). Order: interlocked; the ring that follows makes the owner look again.
    private long _returnedByStrangers;

    private Decided _decided;
    private long _now;
    private double _seconds;
    private bool _isGated;
    private int _limit;
    private int _held;
    private int _waiting;
    private int _sidelined;
    private int _gateHolders;
    private long _arrivals;

    /// <summary>When the queue timer must ring; <see cref="long.MaxValue"/>: never.</summary>
    public long EarliestDeadline => _deadlines.Earliest;

    /// <summary>See <see cref="GrantLoop.IsAtRest"/>.</summary>
    public bool IsAtRest => !_isGated && !_ledger.Read().IsGated && _waiting == 0 && _sidelined == 0 && _gateHolders == 0;

    /// <summary>One round.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="decided">Those whose callers are to be told; more are added.</param>
    /// <returns>Whether there is more to grant than one round may.</returns>
    public bool Run(long now, ref Decided decided)
    {
        _decided = decided;
        var hasMore = Run(now);
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
        waiter.Sequence = ++_arrivals;
        backlog.Add(waiter, _limit);
        _waiting++;
        if (waiter.Line != backlog.Queue)
        {
            _sidelined++;
        }

        Refresh(backlog);
        if (waiter.Kind == WaiterKind.Probe)
        {
            Grant(int.MaxValue);
            if (waiter.Line is not null && waiter.TryReject())
            {
                Unlink(waiter);
                waiter.LetGo();
                Refresh(backlog);
            }

            return;
        }

        _victims.Arrived(waiter);
        _deadlines.Arrived(backlog);
        if (waiter.IsBounded)
        {
            Overflow(backlog);
        }
    }

    /// <summary>A waiter has been cancelled.</summary>
    public void Drop(Waiter waiter)
    {
        if (waiter.Line is not null)
        {
            var backlog = waiter.Client.Backlog!;
            Unlink(waiter);
            waiter.LetGo();
            Refresh(backlog);
        }
    }

    /// <summary>Slots of a client came back, or its weight, cap, bounds or timeout have changed.</summary>
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
            if (backlog.Count > 0)
            {
                _victims.Remove(backlog);
                _victims.Grown(backlog);
            }
        }

        if (backlog.Client.TakeTimeoutChanged())
        {
            _deadlines.Correct(backlog);
        }

        Refresh(backlog);
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
        while (_deadlines.Due(_now) is { } backlog)
        {
            // Compared as the heap compares, or a rounded key could be due for ever.
            while (backlog.Bounded.Oldest is { } waiter && (double)QueueDeadlines.Deadline(backlog) <= _now)
            {
                Reject(waiter, RejectionReason.QueueTimeout);
            }

            _deadlines.Correct(backlog);
            Refresh(backlog);
        }
    }

    public void Forget(ClientBacklog backlog)
    {
        Debug.Assert(backlog.Count == 0, "A client has gone only when nothing of it waits.");
        Refresh(backlog);
        _victims.Remove(backlog);
        _deadlines.Remove(backlog);
    }

    public void Install(object policyRoom, object victims, object deadlines)
    {
        _policy.InstallRoom(policyRoom);
        _victims.InstallRoom(victims);
        _deadlines.InstallRoom(deadlines);
    }

    private bool Run(long now)
    {
        if (now > _now)
        {
            _now = now;
            _seconds = engine.ToSeconds(now);
        }

        if (!_isGated)
        {
            if (inbox.IsEmpty)
            {
                return false;
            }

            CloseGate();
        }

        ReadLimit();
        for (var note = inbox.TakeAll(); note is not null;)
        {
            var next = note.Next;
            note.Apply(this);
            note = next;
        }

        var strangers = Interlocked.Exchange(ref _returnedByStrangers, 0);
        if (strangers != 0)
        {
            Subtract(strangers);
        }

        var isDone = Grant(MostGrants);
        if (_gateHolders == 0)
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
        if (_waiting > 0 && (isLower || _sidelined > 0))
        {
            _victims.ForEach(this, static (round, backlog) => round.Resort(backlog));
        }

        return true;
    }

    private void Resort(ClientBacklog backlog)
    {
        _sidelined -= backlog.Sidelined?.Count ?? 0;
        backlog.Resort(_limit);
        _sidelined += backlog.Sidelined?.Count ?? 0;
        Refresh(backlog);
    }

    private void Subtract(long returned)
    {
        // Not below the word: a note of an earlier gated time may be late, and the closing has excluded its slots already.
        _held = (int)Math.Max(_held - returned, _ledger.Read().InFlight);
        _policy.Advance(_limit, _held, _seconds);
    }

    /// <returns>Whether nobody is left who can be granted.</returns>
    private bool Grant(int most)
    {
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
                Unlink(waiter);
                backlog.Widest.Granted(backlog.Count);
                _decided.Add(waiter);
                _policy.Advance(_limit, _held, _seconds);
                granted++;
            }
            else
            {
                // The caller cancelled first and completes it; its note is on the way and will find it gone.
                _ledger.Return(waiter.Cost);
                Unlink(waiter);
                waiter.LetGo();
            }

            Refresh(backlog);
        }

        return false;
    }

    private void Overflow(ClientBacklog arriving)
    {
        if (_victims.IsTooMany(arriving, engine.Settings))
        {
            // A bound holds for those that wait, so first everybody is granted who can be.
            Grant(int.MaxValue);
            if (_victims.Find(arriving, engine.Settings) is { } waiter)
            {
                var backlog = waiter.Client.Backlog!;
                Reject(waiter, RejectionReason.QueueFull);
                Refresh(backlog);
            }
        }
    }

    private void Reject(Waiter waiter, RejectionReason reason)
    {
        var backlog = waiter.Client.Backlog!;
        Unlink(waiter);
        if (waiter.TryReject())
        {
            waiter.Reason = reason;
            waiter.QueueLength = _waiting;
            waiter.ClientQueueLength = backlog.Count;
            _decided.Add(waiter);
        }
        else
        {
            waiter.LetGo();
        }
    }

    private void Unlink(Waiter waiter)
    {
        var backlog = waiter.Client.Backlog!;
        if (waiter.Line != backlog.Queue)
        {
            _sidelined--;
        }

        backlog.Remove(waiter);
        _victims.Left(waiter);
        _waiting--;
    }

    /// <summary>Brings a client's claim up to date and tells the policy.</summary>
    private void Refresh(ClientBacklog backlog)
    {
        var claim = backlog.Claim;
        var client = backlog.Client;
        var inFlight = client.InFlight;
        var head = backlog.Queue.First;
        var room = (long)client.MaxInFlight - inFlight;
        var isEligible = head is not null && head.Cost <= room;
        if (inFlight == 0 && head is null)
        {
            backlog.Widest.Clear();
        }

        claim.InFlight = inFlight;
        claim.MaxCost = backlog.Widest.Value;
        claim.HeadCost = isEligible ? head!.Cost : 0;
        claim.Wanted = isEligible ? Math.Min(backlog.Queue.Slots, room) : 0;
        claim.HeadSequence = isEligible ? head!.Sequence : 0;

        // Those too wide for the limit hold the gate as well: when the limit rises, no newcomer may pass them before the owner has looked.
        var holdsGate = isEligible || backlog.Sidelined is { Count: > 0 };
        if (holdsGate != backlog.HoldsGate)
        {
            backlog.HoldsGate = holdsGate;
            _gateHolders += holdsGate ? 1 : -1;
        }

        _policy.Update(claim, _seconds);
    }
}
