using System.Threading.Tasks.Sources;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Backlog;

/// <summary>A request that waits for its slots; pooled. States, duties and the rule of reuse stand in this folder's README.</summary>
internal sealed class Waiter : Note, IValueTaskSource, IValueTaskSource<SlotLease>
{
    /// <summary>No version: those are 16 bits wide.</summary>
    private const int Taken = int.MinValue;

    private static readonly Depot<Waiter> Depot = new(magazines: 64);

    [ThreadStatic]
    private static Spares<Waiter>? _spares;

    private readonly CancelNote _cancelNote;
    private ManualResetValueTaskSourceCore<BalancerRejection?> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;

    // Invariant: leaves Waiting once, by one compare-exchange; the winner has the duties in README.md.
    // Written by: the owner (grant, reject), the cancellation callback or a probe's caller (cancel).
    // Order: the exchange is a full fence; the loser reads nothing that the winner wrote.
    private int _state;

    // Invariant: how many of owner, consumer, callback and cancel note still hold this object; at 0 it is pooled.
    // Written by: each of them, once, when it lets go; by the callback's winner when it leaves the cancel note, while its own hold keeps the count above 0.
    // Order: interlocked, so the last one sees what the others did.
    private int _holds;

    // Invariant: the version whose result the consumer has not taken yet, or Taken.
    // Written by: Enqueue, which has the waiter to itself; the consumer (version → Taken, compare-exchange).
    // Order: interlocked, so that of two who ask for one result one gets it, and a stale one gets nothing: each result drops the consumer's hold once.
    private int _untaken = Taken;

    // Where the owner has put it. Owner only.
    internal Waiter? Before;
    internal Waiter? After;
    internal WaiterQueue? Line;
    internal long Sequence;

    // Its place among its client's bounded waiters. Owner only.
    internal Waiter? BeforeBounded;
    internal Waiter? AfterBounded;

    // Why it was rejected. Written by the owner, read by whoever completes it.
    internal RejectionReason Reason;
    internal int QueueLength;
    internal int ClientQueueLength;
    internal double RetryAfterSeconds;

    private Waiter() => _cancelNote = new CancelNote(this);

    public ClientHandle Client { get; private set; } = null!;

    public int Cost { get; private set; }

    public WaiterKind Kind { get; private set; }

    /// <summary>When it arrived, as a timestamp of the balancer's clock.</summary>
    public long EnqueuedAt { get; private set; }

    public WaiterState State => (WaiterState)Volatile.Read(ref _state);

    /// <summary>Whether the bounds of the backlog and the queue timeout are for it.</summary>
    public bool IsBounded => Kind is not (WaiterKind.WorkloadRequest or WaiterKind.Probe);

    public ValueTask AsValueTask() => new(this, _core.Version);

    public ValueTask<SlotLease> AsLeaseTask() => new(this, _core.Version);

    /// <summary>Puts a waiter into the backlog and lets the owner, this thread if there is none, decide about it.</summary>
    /// <exception cref="ObjectDisposedException">The client is closed.</exception>
    public static Waiter Enqueue(ClientHandle client, int cost, WaiterKind kind, CancellationToken cancellationToken)
    {
        // All that may throw comes before anything is counted: the clock is the user's, and objects may have to be made.
        var loop = client.Engine.Loop;
        var now = client.Engine.Now();
        client.EnsureBacklog();
        var waiter = (_spares ?? Spares<Waiter>.TryMake(ref _spares, Depot))?.TryTake() ?? new Waiter();
        waiter.Client = client;
        waiter.Cost = cost;
        waiter.Kind = kind;
        waiter.EnqueuedAt = now;
        waiter._state = (int)WaiterState.Waiting;
        waiter._untaken = waiter._core.Version;
        waiter._holds = cancellationToken.CanBeCanceled ? 3 : 2;
        client.CountWaiter();
        if (cancellationToken.CanBeCanceled)
        {
            // Before the push, so that a failure here leaves nothing behind. The callback may run at once, and the owner then finds the waiter cancelled.
            waiter._token = cancellationToken;
            try
            {
                waiter._registration = cancellationToken.UnsafeRegister(static state => ((Waiter)state!).OnCancellation(), waiter);
            }
            catch
            {
                client.WaiterLeft();
                loop.Run(now);
                throw;
            }
        }

        loop.Arrive(waiter, now);
        client.Engine.DemandChanged();
        return waiter;
    }

    /// <summary>Owner: Waiting → Granted. The slots have been taken already.</summary>
    public bool TryGrant() => TryLeaveWaiting(WaiterState.Granted);

    /// <summary>Owner: Waiting → Rejected.</summary>
    public bool TryReject() => TryLeaveWaiting(WaiterState.Rejected);

    /// <summary>Callback or probe: Waiting → Cancelled, with all its duties but the completion.</summary>
    public bool TryCancel(long now)
    {
        if (!TryLeaveWaiting(WaiterState.Cancelled))
        {
            return false;
        }

        // The note before the count: if this was the last of a closed client, counting it out leaves the note that the client has gone, which must be read after this one.
        var client = Client;
        Interlocked.Increment(ref _holds);
        client.Engine.Loop.Leave(_cancelNote);
        client.WaiterLeft();
        client.Engine.Loop.Run(now);
        return true;
    }

    /// <summary>Ex-owner: tells the caller what was decided, and lets go.</summary>
    public void Complete()
    {
        if (State != WaiterState.Rejected)
        {
            _core.SetResult(null);
            LetGo();
            return;
        }

        var log = Client.Engine.Log;
        var rejection = new BalancerRejection(Reason, Client.Name, QueueLength, ClientQueueLength, RetryAfter);
        Client.WaiterLeft();
        _core.SetResult(rejection);
        LetGo();

        // Last, because the log is the host's code. Those of a shutdown are told of as one.
        if (rejection.Reason is RejectionReason.QueueFull or RejectionReason.QueueTimeout)
        {
            log.Rejected(rejection);
        }
    }

    public void LetGo(int holds = 1)
    {
        if (Interlocked.Add(ref _holds, -holds) != 0)
        {
            return;
        }

        _core.Reset();
        _registration = default;
        _token = default;
        Client = null!;
        Next = null;
        _cancelNote.Next = null;
        // The owner of the grant loop comes through here: nothing of it throws or waits.
        (_spares ?? Spares<Waiter>.TryMake(ref _spares, Depot))?.Give(this);
    }

    /// <inheritdoc/>
    public override void Apply(GrantRound round) => round.Arrive(this);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token)
    {
        if (TakeResult(token) is { } rejection)
        {
            throw new BalancerRejectedException(rejection);
        }
    }

    SlotLease IValueTaskSource<SlotLease>.GetResult(short token)
    {
        var (client, cost, kind) = (Client, Cost, Kind);
        return TakeResult(token) switch
        {
            null => LeaseCell.Rent(client, cost),
            { } rejection when kind == WaiterKind.LeaseOrRejection => new SlotLease(rejection),
            { } rejection => throw new BalancerRejectedException(rejection),
        };
    }

    private BalancerRejection? TakeResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The result was asked for before the request was granted. Await the ValueTask, once.");
        }

        // A caller that awaits twice must get an error, not a second lease, and must not let go of what is somebody else's by now.
        if (Interlocked.CompareExchange(ref _untaken, Taken, token) != token)
        {
            throw new InvalidOperationException("The result has been taken already. Await the ValueTask, once.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            // True: the callback has not run and never will, so its hold is ours to drop. False: it has run or is running, and drops it itself, or there is none.
            LetGo(_token.CanBeCanceled && _registration.Unregister() ? 2 : 1);
        }
    }

    private void OnCancellation()
    {
        try
        {
            if (State == WaiterState.Waiting && TryCancel(Client.Engine.NowOrLast()))
            {
                _core.SetException(new OperationCanceledException(_token));
            }
        }
        finally
        {
            LetGo();
        }
    }

    // Nothing came back lately: nothing is known. More than a day is said as a day.
    private TimeSpan? RetryAfter => double.IsFinite(RetryAfterSeconds) ? TimeSpan.FromSeconds(Math.Min(RetryAfterSeconds, 86_400)) : null;

    private bool TryLeaveWaiting(WaiterState state) =>
        Interlocked.CompareExchange(ref _state, (int)state, (int)WaiterState.Waiting) == (int)WaiterState.Waiting;
}
