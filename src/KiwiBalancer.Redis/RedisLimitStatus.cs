namespace KiwiBalancer;

/// <summary>How a process stands with the engine.</summary>
public sealed record RedisLimitStatus
{
    /// <summary>The name this process has in the ledger.</summary>
    public required string Node { get; init; }

    /// <summary>What is shared.</summary>
    public required string Resource { get; init; }

    /// <summary>Whether slots may be granted now: the lease lives.</summary>
    public bool IsLeased { get; init; }

    /// <summary>The slots of the lease; 0 without one.</summary>
    public int Slots { get; init; }

    /// <summary>The limit of the whole fleet that is in force, as of the last answer: the smallest that any live process is configured with. 0 before the first.</summary>
    public int FleetLimit { get; init; }

    /// <summary>The engine has lost its memory and waits until all leases it may have given have ended.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>The engine does not answer, or refuses to: what is wrong and what to do. Null when all is well.</summary>
    public string? Problem { get; init; }
}
