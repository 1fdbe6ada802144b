using System.Diagnostics;

namespace KiwiBalancer.Fragile;

/// <summary>How many slots of the server are held, counted by the server itself: the judge of the run.</summary>
internal sealed class SlotCounter(int limit, int clients)
{
    private int _limit = limit;
    private readonly int[] _byClient = new int[clients];
    private int _inFlight;
    private int _maxInFlight;
    private int _violations;
    private int _late;
    private int _served;

    // Slot-time of all holds: the moments they ended less the moments they began. What is held now counts up to now.
    // Read without a lock against InFlight, so it may be a hold off, but the next reading is not off because of it.
    private long _slotTicks;
    private readonly long _origin = Stopwatch.GetTimestamp();

    /// <summary>Counts a request in, or, above the limit, counts a violation and breaks.</summary>
    /// <returns>Whether there was room. If so, <see cref="Leave"/> must follow.</returns>
    public bool TryEnter(int client, int cost)
    {
        int inFlight = Interlocked.Add(ref _inFlight, cost);

        // The request that is one too many counts for the maximum too: that many were sent to the server at once.
        RaiseMax(inFlight);
        if (inFlight > Volatile.Read(ref _limit))
        {
            Interlocked.Add(ref _inFlight, -cost);
            Interlocked.Increment(ref _violations);
            return false;
        }

        Interlocked.Add(ref _byClient[client], cost);
        Interlocked.Add(ref _slotTicks, -cost * (Stopwatch.GetTimestamp() - _origin));
        return true;
    }

    /// <summary>Counts a request out. Called before the answer is sent, so whoever has the answer may send the next request at once.</summary>
    public void Leave(int client, int cost)
    {
        Interlocked.Increment(ref _served);
        Interlocked.Add(ref _slotTicks, cost * (Stopwatch.GetTimestamp() - _origin));
        Interlocked.Add(ref _byClient[client], -cost);
        Interlocked.Add(ref _inFlight, -cost);
    }

    /// <summary>Counts a request that came too late.</summary>
    public void RefuseLate() => Interlocked.Increment(ref _late);

    /// <summary>Sets the limit, unless more than that is in flight: a server does not take back what it has begun.</summary>
    public bool TrySetLimit(int value)
    {
        if (Volatile.Read(ref _inFlight) > value)
        {
            return false;
        }

        Volatile.Write(ref _limit, value);
        return true;
    }

    public ServerState Read()
    {
        int inFlight = Volatile.Read(ref _inFlight);
        long ticks = Volatile.Read(ref _slotTicks) + (inFlight * (Stopwatch.GetTimestamp() - _origin));
        return new ServerState(
            Volatile.Read(ref _limit),
            inFlight,
            Volatile.Read(ref _maxInFlight),
            Volatile.Read(ref _violations),
            Volatile.Read(ref _late),
            Volatile.Read(ref _served),
            ticks / (Stopwatch.Frequency / 1000),
            [.. _byClient]);
    }

    /// <summary>Forgets what the warm-up did. Nothing may be in flight.</summary>
    public void Reset() => _slotTicks = _maxInFlight = _violations = _late = _served = 0;

    private void RaiseMax(int inFlight)
    {
        int max = Volatile.Read(ref _maxInFlight);
        while (inFlight > max)
        {
            int seen = Interlocked.CompareExchange(ref _maxInFlight, inFlight, max);
            if (seen == max)
            {
                return;
            }

            max = seen;
        }
    }
}
