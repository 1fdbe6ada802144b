namespace KiwiBalancer.Fragile;

/// <summary>What the fragile server answers to.</summary>
internal static class ServerPath
{
    /// <summary>
    /// Followed by <c>client/cost/microseconds</c>: holds slots, then answers 204; above the limit answers 503 at once. Followed by <c>/bytes</c> too: answers 200 with a body of so many, and holds the slots until
    /// all but the last are written.
    /// </summary>
    public const string Hold = "/hold/";

    /// <summary>After <see cref="Hold"/>, followed by a <see cref="System.Diagnostics.Stopwatch"/> timestamp: a request that comes later than that is refused with 410 and holds nothing.</summary>
    public const string StartBy = "?by=";

    /// <summary>For people: holds one slot of client 0 for half a second, then says how many were held.</summary>
    public const string Work = "/work";

    /// <summary>A <see cref="ServerState"/>, as text.</summary>
    public const string State = "/state";

    /// <summary>Every <see cref="HoldRecord"/>, as bytes.</summary>
    public const string Log = "/log";

    /// <summary>Followed by a number: sets the limit; 409 if more than that is in flight.</summary>
    public const string Limit = "/limit/";

    /// <summary>Forgets all that was counted so far, if nothing is in flight.</summary>
    public const string Reset = "/reset";
}
