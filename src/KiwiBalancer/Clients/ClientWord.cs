namespace KiwiBalancer.Clients;

/// <summary>A value of a client's own word: <c>[63 closed | 62..32 waiting requests | 31 zero | 30..0 slots in flight]</c>.</summary>
internal readonly struct ClientWord(long bits)
{
    /// <summary>The client takes no more requests.</summary>
    public const long Closed = long.MinValue;

    /// <summary>One waiting request.</summary>
    public const long OneWaiting = 1L << WaitingShift;

    private const int WaitingShift = 32;

    public long Bits { get; } = bits;

    public bool IsClosed => Bits < 0;

    /// <summary>Closed, nothing waits, nothing runs: the last state, reached once.</summary>
    public bool IsDrained => Bits == Closed;

    /// <summary>Somebody of this client waits, or the client is closed: a newcomer may not pass.</summary>
    public bool IsDoorShut => Bits >> WaitingShift != 0;

    public int Waiting => (int)(Bits >> WaitingShift) & int.MaxValue;

    public int InFlight => (int)(Bits & int.MaxValue);
}
