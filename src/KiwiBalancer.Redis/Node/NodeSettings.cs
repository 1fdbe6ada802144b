namespace KiwiBalancer.Redis.Node;

/// <summary>The times a node keeps to, in milliseconds.</summary>
internal sealed record NodeSettings
{
    /// <summary>How long a lease lasts without news.</summary>
    public long Ttl { get; init; } = 6_000;

    /// <summary>How much earlier than the engine the node takes its lease to end. A tenth of <see cref="Ttl"/> covers clocks that run 5 % apart in either direction.</summary>
    public long Margin { get; init; } = 600;

    /// <summary>How much longer than a lease its requests may run on at the server.</summary>
    public long Linger { get; init; } = 30_000;

    /// <summary>The time between reports when nothing happens, give or take a tenth.</summary>
    public long Interval { get; init; } = 1_000;

    /// <summary>The least time between two reports.</summary>
    public long MinGap { get; init; } = 20;

    /// <summary>Slots that the node has without a lease, whatever becomes of the engine. The engine has so many fewer for each of <see cref="MaxNodes"/>.</summary>
    public int Floor { get; init; }

    /// <summary>The most nodes that may have a floor at once.</summary>
    public int MaxNodes { get; init; } = 1;

    /// <summary>The times of checked options.</summary>
    public static NodeSettings From(RedisLimitOptions options) => new()
    {
        Ttl = (long)options.LeaseDuration.TotalMilliseconds,
        Margin = (long)(options.LeaseMargin ?? options.LeaseDuration / 10).TotalMilliseconds,
        Linger = (long)Math.Ceiling(options.Linger.TotalMilliseconds),
        Interval = (long)options.ReportInterval.TotalMilliseconds,
        MinGap = (long)options.MinReportGap.TotalMilliseconds,
        Floor = options.LocalFloor,
        MaxNodes = options.MaxNodes ?? 1,
    };

    /// <summary>After how long a report without an answer is given up: a lease has time for three.</summary>
    public long Patience => Math.Max(MinGap, (Ttl - Margin) / 3);

    /// <summary>What is set aside of the fleet's limit, for the floors of all.</summary>
    public long Reserved => (long)MaxNodes * Floor;

    /// <summary>The floor under a limit of the fleet. Where there are not enough slots for all floors, each is what a node can have all the same.</summary>
    public int FloorOf(int limit) => Math.Min(Floor, limit / MaxNodes);

    /// <summary>What the engine has of a limit of the fleet.</summary>
    public int LeasedOf(int limit) => (int)Math.Max(0, limit - Reserved);
}
