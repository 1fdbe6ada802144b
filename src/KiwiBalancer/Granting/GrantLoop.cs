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

    public GrantLoop(BalancerEngine engine)
    {
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

    /// <summary>Slots came back, while gated, from a client that has no backlog. Whoever says so must <see cref="Run"/> afterwards.</summary>
    public void AddReturnedByStranger(int cost) => _round.AddReturnedByStranger(cost);

    /// <summary>Rings: all that was written and left before is acted upon, by this thread or by the owner there is.</summary>
    public void Run(long now)
    {
        if (now > Volatile.Read(ref _now))
        {
            Volatile.Write(ref _now, now);
        }

        for (var turn = 0; Interlocked.Increment(ref _rings) == 1; turn++)
        {
            var isUnfinished = Own(out var decided);
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
        }
    }

    /// <summary>Stops the queue timer. The loop itself goes on for those who still hold slots.</summary>
    public void Dispose() => _timer.Dispose();

    void IThreadPoolWorkItem.Execute() => Run(Now);

    /// <summary>Makes rounds until every ring is answered or it has been enough. The caller owns the loop; on return it does not.</summary>
    /// <returns>Whether something is left to do.</returns>
    private bool Own(out Decided decided)
    {
        decided = default;
        var answered = 1;
        for (var rounds = 1; ; rounds++)
        {
            var hasMore = _round.Run(Now, ref decided);
            Volatile.Write(ref _due, _round.RingAt);
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
