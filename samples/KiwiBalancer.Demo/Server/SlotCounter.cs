namespace KiwiBalancer.Demo.Server;

/// <summary>How many slots of the server are held, counted by the server itself: the judge of the run.</summary>
internal sealed class SlotCounter(int limit, int clients)
{
    private int _limit = limit;
    private readonly int[] _byClient = new int[clients];
    private int _inFlight;
    private int _maxInFlight;
    private int _violations;
    private int _served;

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
        return true;
    }

    /// <summary>Counts a request out. Called before the answer is sent, so whoever has the answer may send the next request at once.</summary>
    public void Leave(int client, int cost)
    {
        Interlocked.Increment(ref _served);
        Interlocked.Add(ref _byClient[client], -cost);
        Interlocked.Add(ref _inFlight, -cost);
    }

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

    public ServerState Read() => new(
        Volatile.Read(ref _limit),
        Volatile.Read(ref _inFlight),
        Volatile.Read(ref _maxInFlight),
        Volatile.Read(ref _violations),
        Volatile.Read(ref _served),
        [.. _byClient]);

    /// <summary>Forgets what the warm-up did. Nothing may be in flight.</summary>
    public void Reset() => _maxInFlight = _violations = _served = 0;

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
