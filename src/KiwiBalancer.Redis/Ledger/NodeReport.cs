namespace KiwiBalancer.Redis.Ledger;

/// <summary>What a node tells the engine: the only message there is in that direction. Times are in milliseconds.</summary>
internal sealed record NodeReport
{
    /// <summary>The node, named anew by each process: lower-case hexadecimal digits, always as many.</summary>
    public required string Node { get; init; }

    /// <summary>Counts the reports of this node from 1. The engine refuses what is not newer than what it has seen.</summary>
    public required long Seq { get; init; }

    /// <summary>The engine's run that gave the last lease; empty without one.</summary>
    public string Run { get; init; } = "";

    /// <summary>The cap of the lease while it lives by the node's own clocks, else 0.</summary>
    public int Held { get; init; }

    /// <summary>When, by the engine's clock, the last lease ends.</summary>
    public long Echo { get; init; }

    /// <summary>Slots held by requests at the node.</summary>
    public int InFlight { get; init; }

    /// <summary>The most slots wanted at once in the last second.</summary>
    public long Demand { get; init; }

    /// <summary>The weight sum of the clients that want slots, or of all where none does; 1 or more.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>The demand of those clients that the fleet's water level satisfies.</summary>
    public long Satisfied { get; init; }

    /// <summary>The weight sum of those clients; the rest of <see cref="Weight"/> would use more.</summary>
    public long SatisfiedWeight { get; init; }

    /// <summary>The limit this node was configured with. The smallest of all live nodes is in force.</summary>
    public required int Limit { get; init; }

    /// <summary>How long a lease lasts without news.</summary>
    public required long Ttl { get; init; }

    /// <summary>How much longer than a lease its requests may run on at the server.</summary>
    public required long Linger { get; init; }

    /// <summary>The node grants nothing any more; with nothing in flight, this is its last word.</summary>
    public bool IsLeaving { get; init; }
}
