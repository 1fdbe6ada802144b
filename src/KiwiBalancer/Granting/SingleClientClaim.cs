namespace KiwiBalancer.Granting;

/// <summary>A client in the line of <see cref="SingleClientPolicy"/>.</summary>
internal sealed class SingleClientClaim : Claim
{
    /// <summary>Stands behind all who arrived before this point: set when a turn was ended with requests left.</summary>
    public long StandsAfter;

    /// <summary>Which turn of the balancer that was: of those sent back, the one sent back first stands first.</summary>
    public long LastTurn;

    public int LineIndex = -1;

    /// <summary>Place in the line.</summary>
    public readonly struct InLine : IHeapIndex<SingleClientClaim>
    {
        public static ref int Of(SingleClientClaim item) => ref item.LineIndex;
    }
}
