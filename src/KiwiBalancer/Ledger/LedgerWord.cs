namespace KiwiBalancer.Ledger;

/// <summary>A value of the ledger's word: <c>[63 gated | 62..32 limit | 31 zero | 30..0 in-flight]</c>.</summary>
internal readonly struct LedgerWord(long bits)
{
    /// <summary>The gate bit: the sign, so that one comparison tests it.</summary>
    public const long Gate = long.MinValue;

    private const int LimitShift = 32;
    private const long InFlightMask = int.MaxValue;

    public long Bits { get; } = bits;

    /// <summary>Whether only the owner of the grant loop may take.</summary>
    public bool IsGated => Bits < 0;

    /// <summary>The slots that may be held.</summary>
    public int Limit => (int)(Bits >> LimitShift) & int.MaxValue;

    /// <summary>The slots that are held.</summary>
    public int InFlight => (int)(Bits & InFlightMask);

    /// <summary>Whether <paramref name="cost"/> more slots stay within the limit.</summary>
    public bool Fits(int cost) => InFlight + (long)cost <= Limit;

    /// <summary>The same word with another limit.</summary>
    public LedgerWord WithLimit(int limit) => new((Bits & (Gate | InFlightMask)) | ((long)limit << LimitShift));

    /// <inheritdoc/>
    public override string ToString() => $"{InFlight} of {Limit}{(IsGated ? ", gated" : "")}";
}
