using System.Diagnostics;
using System.Runtime.CompilerServices;
using KiwiBalancer.Backlog;
using KiwiBalancer.Diagnostics;
using KiwiBalancer.Ledger;

namespace KiwiBalancer.Clients;

/// <summary>A client: its word, its settings, its door. Its backlog is made when it first has to wait.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed partial class ClientHandle : IClientHandle
{
    private readonly ClientRegistry _registry;

    // The balancer's, here too because each request needs it, and each step on the way to it is a load more before a locked operation.
    private readonly SlotLedger _ledger;

    // Invariant: [closed | waiting | in-flight], see ClientWord. In-flight covers every slot this client has in the ledger: added before the ledger's take, taken off after its return.
    // Written by: any thread, interlocked; waiting → in-flight by the owner of the grant loop.
    // Order: full fences. The closed bit and a take are exchanges of one word, so a request is either accepted before the closing or refused.
    private long _word;

    // Invariant: why the client's waiters are rejected, plus 1; 0: they are not.
    // Written by: whoever forces the client out, before it leaves the note that rejects all. Order: volatile, published by that note: an arrival read after the note finds it.
    private int _forcedOut;

    // Invariant: true when the drained client's backlog has been given up. Written by: an exchange that one thread wins. Order: full fence; nobody else reads it.
    private bool _isForgotten;

    // Invariant: each is made once, when first needed, and stays.
    // Written by: the backlog under the engine's lock, after the note of its room was left; the other by whoever makes it first, by compare-exchange.
    // Order: published by a volatile write or the exchange; who drains the client writes the word first and then looks here.
    private ClientBacklog? _backlog;
    private TaskCompletionSource? _drained;

    /// <summary>For <see cref="SharedCancellation"/> only.</summary>
    // Invariant: what a request that starts may share, if it was sent with the same token; null or one that nobody enters any more otherwise.
    // Written by: a request that starts and can share nothing (its own), the last that used it (null, by compare-exchange). Order: volatile; an old one read here refuses entry by its own word.
    internal SharedCancellation? Shared;

    public ClientHandle(ClientRegistry registry, string name, BalancerClientOptions options)
    {
        _registry = registry;
        _ledger = Engine.Ledger;
        Telemetry = Engine.Telemetry;
        Name = name;
        Set(options);
    }

    public BalancerEngine Engine => _registry.Engine;

    /// <summary>The balancer's, here too because each request asks it whether anybody listens.</summary>
    public Telemetry Telemetry { get; }

    public string Name { get; }

    /// <summary>A container owns this handle: disposing it only closes the door, and the balancer does the rest.</summary>
    public bool IsOwnedByContainer { get; set; }

    public int InFlight => new ClientWord(Volatile.Read(ref _word)).InFlight;

    public int Waiting => new ClientWord(Volatile.Read(ref _word)).Waiting;

    public int Available => Engine.AvailableTo(new ClientWord(Volatile.Read(ref _word)), MaxInFlight);

    /// <summary>Slots in flight and waiting requests, in one read.</summary>
    public (int InFlight, int Waiting) Numbers
    {
        get
        {
            var word = new ClientWord(Volatile.Read(ref _word));
            return (word.InFlight, word.Waiting);
        }
    }

    public ClientBacklog? Backlog => Volatile.Read(ref _backlog);

    public bool IsClosed => new ClientWord(Volatile.Read(ref _word)).IsClosed;

    /// <summary>Closed, nothing waits, nothing runs.</summary>
    public bool IsDrained => new ClientWord(Volatile.Read(ref _word)).IsDrained;

    /// <summary>Why a closed client drops a waiter that could never be granted.</summary>
    public RejectionReason ClosedBy => _registry.IsClosed ? RejectionReason.BalancerClosed : RejectionReason.ClientClosed;

    /// <summary>Whether one more waiter, counted already, need not be judged by the owner before it next looks: it is within this client's bound, has no deadline, and nobody is to be forced out.</summary>
    public bool MayWaitUnread
    {
        get
        {
            var word = new ClientWord(Volatile.Read(ref _word));
            return !word.IsClosed && word.Waiting <= MaxQueueLength && QueueTimeoutTicks == long.MaxValue;
        }
    }

    /// <summary>Why no waiter of this client may stay; null: they may.</summary>
    public RejectionReason? ForcedOut => Volatile.Read(ref _forcedOut) is > 0 and var reason ? (RejectionReason)(reason - 1) : null;

    public bool TryAcquire(out SlotLease lease) => TryAcquire(1, out lease);

    public bool TryAcquire(int cost, out SlotLease lease) => LeaseRequests.TryAcquire(this, cost, out lease);

    public ValueTask<SlotLease> AcquireAsync(CancellationToken cancellationToken = default) => LeaseRequests.Acquire(this, 1, WaiterKind.Lease, cancellationToken);

    public ValueTask<SlotLease> AcquireAsync(int cost, CancellationToken cancellationToken = default) => LeaseRequests.Acquire(this, cost, WaiterKind.Lease, cancellationToken);

    public ValueTask<SlotLease> AcquireOrRejectAsync(int cost = 1, CancellationToken cancellationToken = default) => LeaseRequests.Acquire(this, cost, WaiterKind.LeaseOrRejection, cancellationToken);

    /// <summary>The door: takes slots if nobody of this client waits, its cap allows it, the gate is open and they fit.</summary>
    /// <exception cref="ObjectDisposedException">The client is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int cost)
    {
        var seen = Volatile.Read(ref _word);
        while (true)
        {
            var word = new ClientWord(seen);
            if (word.IsDoorShut || word.InFlight + (long)cost > Volatile.Read(ref _maxInFlight) || !_ledger.MayTake(cost))
            {
                return Refuse(word);
            }

            // Compared by the sum: the exchange overwrites the register that seen is in, and a copy would go through memory.
            var next = seen + cost;
            seen = Interlocked.CompareExchange(ref _word, next, seen);
            if (seen + cost == next)
            {
                return _ledger.TryTake(cost) || TakeOff(cost);
            }
        }
    }

    /// <summary>Gives slots back: to the ledger first, so that a drained client has none there; then to whoever waits.</summary>
    public void Release(int cost)
    {
        var isGated = _ledger.Return(cost).IsGated;
        var word = new ClientWord(Interlocked.Add(ref _word, -cost));
        if (isGated || word.IsDoorShut)
        {
            OnReleased(cost, isGated, word);
        }
    }

    /// <summary>Counts a waiter: from here on no newcomer of this client passes.</summary>
    /// <exception cref="ObjectDisposedException">The client is closed.</exception>
    public void CountWaiter()
    {
        var seen = Volatile.Read(ref _word);
        while (true)
        {
            if (new ClientWord(seen).IsClosed)
            {
                // The backlog may have been made after the client drained; and nothing arrives that would ring for the notes of its making.
                ForgetBacklog();
                Engine.Loop.Run(Engine.NowOrLast());
                ThrowIfClosed();
            }

            var found = Interlocked.CompareExchange(ref _word, seen + ClientWord.OneWaiting, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    /// <summary>A waiter has been cancelled or rejected.</summary>
    public void WaiterLeft() => SignalIfDrained(new ClientWord(Interlocked.Add(ref _word, -ClientWord.OneWaiting)));

    /// <summary>A waiter has been granted. Owner of the grant loop only.</summary>
    public void WaiterGranted(int cost) => Interlocked.Add(ref _word, cost - ClientWord.OneWaiting);

    /// <summary>Gives up the backlog of a client that has drained, once. Called when it drains, and by whoever may have made the backlog after that: both write and then look, so one of them finds both done.</summary>
    public void ForgetBacklog()
    {
        if (IsDrained && Backlog is { } backlog && !Interlocked.Exchange(ref _isForgotten, true))
        {
            Engine.Loop.Leave(new GoneNote(backlog));
            Engine.Loop.Run(Engine.NowOrLast());
            Engine.RemoveBacklog();
        }
    }

    public ClientBacklog EnsureBacklog() => Backlog ?? Engine.AddBacklog(this, ref _backlog);

    /// <summary>Tells the owner, if it knows this client, that something about it has changed.</summary>
    public void Touch(long now)
    {
        if (Backlog is { } backlog)
        {
            if (backlog.Touched.Add(0))
            {
                Engine.Loop.Leave(backlog.Touched);
            }

            Engine.Loop.Run(now);
        }
    }

    public void CheckCost(int cost)
    {
        // One slot is within every bound.
        if (cost != 1 && (cost < 1 || cost > Engine.Settings.MaxCost))
        {
            ThrowCost(cost);
        }
    }

    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new ObjectDisposedException(Name, $"Client '{Name}' takes no more requests: it, or its balancer, has been disposed.");
        }
    }

    /// <summary>Takes no more requests. The name is free when this returns.</summary>
    public void Close()
    {
        var before = new ClientWord(Interlocked.Or(ref _word, ClientWord.Closed));

        // By whoever comes second too: the first may be on its way still, and the name must be free for both.
        _registry.Closing(this);
        if (!before.IsClosed)
        {
            // Those wider than the cap must go: it rises no more.
            Touch(Engine.NowOrLast());
            SignalIfDrained(new ClientWord(before.Bits | ClientWord.Closed));
        }
    }

    /// <summary>Rejects what waits and cancels what runs. The client is closed already.</summary>
    public void Force(RejectionReason reason)
    {
        RejectAll(reason);
        Engine.Loop.Run(Engine.NowOrLast());
        CancelAll();
    }

    /// <summary>Asks the owner to reject what waits, now and later. The client is closed already; whoever calls this must ring.</summary>
    public void RejectAll(RejectionReason reason)
    {
        Volatile.Write(ref _forcedOut, (int)reason + 1);
        if (Backlog is { } backlog)
        {
            Engine.Loop.Leave(new RejectNote(backlog, reason));
        }
    }

    /// <summary>Ends when the closed client has neither waiters nor slots.</summary>
    public Task WhenDrained()
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = Interlocked.CompareExchange(ref _drained, made, null) ?? made;

        // After the exchange: a client that drained before it has signalled nobody.
        if (IsDrained)
        {
            source.TrySetResult();
        }

        return source.Task;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return IsOwnedByContainer ? default : new ValueTask(WhenDrained());
    }

    public void Dispose()
    {
        Close();
        if (!IsOwnedByContainer)
        {
            Force(RejectionReason.ClientClosed);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: weight {Weight}, {InFlight} in flight, {Waiting} waiting{(IsClosed ? ", closed" : "")}";

    private void OnReleased(int cost, bool isGated, ClientWord word)
    {
        // Only slots returned while gated are in the owner's count.
        Engine.Loop.Return(Backlog, isGated ? cost : 0, Engine.NowOrLast());
        Engine.DemandChanged();
        SignalIfDrained(word);
    }

    private bool Refuse(ClientWord word)
    {
        if (word.IsClosed)
        {
            ThrowIfClosed();
        }

        return false;
    }

    /// <summary>Takes back what the door has counted for a take that the ledger refused.</summary>
    /// <returns>False: nothing was taken.</returns>
    private bool TakeOff(int cost)
    {
        var word = new ClientWord(Interlocked.Add(ref _word, -cost));
        if (word.IsDoorShut)
        {
            // The owner may have found this client at its cap because of it.
            Touch(Engine.NowOrLast());
            SignalIfDrained(word);
        }

        return false;
    }

    private void SignalIfDrained(ClientWord word)
    {
        if (word.IsDrained)
        {
            _registry.Drained(this);
            if (Volatile.Read(ref _stopping) is { } stopping)
            {
                // Whoever makes it later finds the client closed: both sides write, with a fence, before they read.
                Stop(stopping);
            }

            Volatile.Read(ref _drained)?.TrySetResult();
        }
    }

    private void ThrowCost(int cost) => throw new ArgumentOutOfRangeException(
        nameof(cost), cost, $"A cost must be 1 to MaxCost, which is {Engine.Settings.MaxCost}. Raise KiwiBalancerOptions.MaxCost (default: the limit) for wider requests.");
}
