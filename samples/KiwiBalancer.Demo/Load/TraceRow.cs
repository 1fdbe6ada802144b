namespace KiwiBalancer.Demo.Load;

/// <summary>A line of a trace.</summary>
internal readonly record struct TraceRow(DateTime Timestamp, int ContextTokens, int GeneratedTokens)
{
    /// <summary>What the request takes at the server: reading its context is quick, generating is not.</summary>
    public TimeSpan Hold => TimeSpan.FromMilliseconds((0.2 * ContextTokens) + (30.0 * GeneratedTokens));
}
