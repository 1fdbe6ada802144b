namespace KiwiBalancer.Demo.Server;

/// <summary>What the fragile server answers to.</summary>
internal static class ServerPath
{
    /// <summary>Followed by <c>client/cost/microseconds</c>: holds slots, then answers 204; above the limit answers 503 at once.</summary>
    public const string Hold = "/hold/";

    /// <summary>A <see cref="ServerState"/>, as text.</summary>
    public const string State = "/state";

    /// <summary>Every <see cref="HoldRecord"/>, as bytes.</summary>
    public const string Log = "/log";

    /// <summary>Followed by a number: sets the limit; 409 if more than that is in flight.</summary>
    public const string Limit = "/limit/";

    /// <summary>Forgets all that was counted so far, if nothing is in flight.</summary>
    public const string Reset = "/reset";
}
