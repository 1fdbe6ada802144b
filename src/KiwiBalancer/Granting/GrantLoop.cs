using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Granting;

/// <summary>
/// Sees to it that one thread at a time, the owner, runs <see cref="GrantRound"/>, and that no ring is missed (queue-drain, a form of flat combining:
/// Hendler, Incze, Shavit, Tzafrir, SPAA 2010). Nobody waits for ownership: who rings while another owns goes away, and the owner makes another round.
/// </summary>
internal sealed class GrantLoop : IThreadPoolWorkItem, IDisposable
{
    /// <summary>After so many decided waiters the owner lets go to tell them, so that the first of them need not wait for the last.</summary>
    private const int EnoughDecided = 16;

    /// <summary>After so many rounds the owner lets go, so that a caller's thread is not kept for the work of others.</summary>
    private const int EnoughRounds = 64;

    /// <summary>So many times in a row a thread takes ownership up again; then the pool goes on, or any thread that rings before it.</summary>
    private const int EnoughTurns = 4;

    private readonly BalancerEngine _engine;
    private readonly Inbox _inbox = new();
    private readonly GrantRound _round;
    private readonly QueueTimer _timer;

    // Invariant: 0: nobody owns. Otherwise one thread owns, and at most so many rings have not been answered by a round yet.
    // Written by: any thread (ring, +1); the owner (subtracts what its round has answered, or sets 0 to let go).
    // Order: interlocked. A ring's notes are in the inbox before its increment; the owner reads the inbox after it has read the count.
    private int _rings;

    // Invariant: never later than the newest ring's clock; the owner takes the maximum it has seen.
    // Written by: any thread before its ring. Order: volatile suffices, time need not be exact, only never fall, which the round sees to.
    private long _now;

    // Invariant: when somebody must look again although nothing happens, as of the last round.
    // Written by: the owner, before it lets go.
    private long _due = long.MaxValue;

    // Invariant: waiters that count against the bound of all, as of the last round.
    // Written by: the owner, before it lets go. Order: volatile; who reads it and finds nobody owning has read what the last owner left.
    private int _bounded;

    public GrantLoop(BalancerEngine engine)
    {
        _engine = engine;
        _round = new GrantRound(engine, _inbox);
        _round.Start();
        _timer = new QueueTimer(engine, this);
    }

    /// <summary>The latest time anybody rang with.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>When the queue timer must ring, as a timestamp.</summary>
    public long Due => Volatile.Read(ref _due);

    /// <summary>Nobody owns, nothing is left to read, nobody waits and the gate is open: what every balancer comes back to. For tests, when nothing moves.</summary>
    public bool IsAtRest => Volatile.Read(ref _rings) == 0 && _inbox.IsEmpty && _round.IsAtRest;

    /// <summary>Leaves a note. Whoever does must <see cref="Run"/> afterwards.</summary>
    public void Leave(Note note) => _inbox.Push(note);

    /// <summary>Leaves an arrival, and rings unless it can only wait: then the return that it waits for rings for it (README.md, "Arrivals that do not ring").</summary>
    public void Arrive(Waiter waiter, long now)
    {
        // The waiter is somebody else's as soon as it is pushed, but for what its caller holds.
        var (client, kind) = (waiter.Client, waiter.Kind);
        if (!_inbox.Push(waiter) || kind == WaiterKind.Probe || !CanOnlyWait(client))
        {
            Run(now);
        }
    }

    /// <summary>Slots came back: while gated those of <paramref name="returned"/>, or else those that the client's own waiters wait for. Acts on it, by this thread or the owner there is.</summary>
    public void Return(ClientBacklog? backlog, int returned, long now)
    {
        Advance(now);

        // Who becomes the owner at once needs no note to himself.
        if (Interlocked.CompareExchange(ref _rings, 1, 0) == 0)
        {
            TakeTurns(new Returned(backlog, returned));
            return;
        }

        if (backlog is null)
        {
            _round.AddReturnedByStranger(returned);
        }
        else if (backlog.Touched.Add(returned))
        {
            Leave(backlog.Touched);
        }

        if (Interlocked.Increment(ref _rings) == 1)
        {
            TakeTurns(default);
        }
    }

    /// <summary>Rings: all that was written and left before is acted upon, by this thread or by the owner there is.</summary>
    public void Run(long now)
    {
        Advance(now);
        if (Interlocked.Increment(ref _rings) == 1)
        {
            TakeTurns(default);
        }
    }

    /// <summary>Stops the queue timer. The loop itself goes on for those who still hold slots.</summary>
    public void Dispose() => _timer.Dispose();

    void IThreadPoolWorkItem.Execute() => Run(Now);

    private void Advance(long now)
    {
        if (now > Volatile.Read(ref _now))
        {
            Volatile.Write(ref _now, now);
        }
    }

    // After the push, which is a full fence. If nobody owns now, every later owner reads the note; and there will be one, because somebody holds a slot and his return will see the gate:
    // only an owner opens it. The rest is what an owner would have to decide at once: bounds, deadlines, a client that is on its way out.
    private bool CanOnlyWait(ClientHandle client)
    {
        if (Volatile.Read(ref _rings) != 0)
        {
            return false;
        }

        var word = _engine.Ledger.Read();
        return word.IsGated && word.InFlight >= word.Limit
            && Volatile.Read(ref _bounded) < _engine.Settings.MaxQueueLength && client.MayWaitUnread;
    }

    /// <summary>The caller owns the loop. Makes rounds and tells those whose fate they decided, until nothing is left or another thread goes on.</summary>
    private void TakeTurns(Returned returned)
    {
        for (var turn = 0; ; turn++)
        {
            var isUnfinished = Own(returned, out var decided);
            decided.Tell();
            _timer.Arm();
            if (!isUnfinished)
            {
                return;
            }

            if (turn == EnoughTurns)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            if (Interlocked.Increment(ref _rings) != 1)
            {
                return;
            }

            returned = default;
        }
    }

    /// <summary>Makes rounds until every ring is answered or it has been enough. The caller owns the loop; on return it does not.</summary>
    /// <returns>Whether something is left to do.</returns>
    private bool Own(Returned returned, out Decided decided)
    {
        decided = default;
        var answered = 1;
        for (var rounds = 1; ; rounds++)
        {
            var hasMore = _round.Run(Now, returned, ref decided);
            returned = default;
            Volatile.Write(ref _due, _round.RingAt);
            Volatile.Write(ref _bounded, _round.Bounded);
            if (decided.Count >= EnoughDecided || rounds >= EnoughRounds)
            {
                // Rings that no round has answered are this thread's to answer still: it rings again itself, or has the pool do it.
                return Interlocked.Exchange(ref _rings, 0) != answered || hasMore;
            }

            if (!hasMore)
            {
                answered = Interlocked.Add(ref _rings, -answered);
                if (answered == 0)
                {
                    return false;
                }
            }
        }
    }
}
