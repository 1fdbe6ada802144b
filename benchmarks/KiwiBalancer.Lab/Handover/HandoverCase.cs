namespace KiwiBalancer.Lab.Handover;

/// <summary>A limit and a length of requests; twice as many callers as slots.</summary>
internal sealed record HandoverCase(int Limit, int Milliseconds)
{
    public static IReadOnlyList<HandoverCase> All { get; } = [new(8, 1), new(8, 10), new(64, 1), new(64, 10), new(512, 1), new(512, 10)];

    public string Name => $"{Limit}x{Milliseconds}ms";

    public int Callers => 2 * Limit;

    /// <summary>About half a second of requests, and not too few for a 99th percentile.</summary>
    public int Requests => Math.Max(20 * Callers, Limit * 500 / (Milliseconds + 1)) / Callers * Callers;
}
