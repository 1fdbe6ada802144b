namespace KiwiBalancer.Redis.Ledger;

/// <summary>The engine's answer to a report.</summary>
internal sealed record LeaseReply
{
    /// <summary>The report that is answered. A node drops what does not answer the report it waits for.</summary>
    public required long Seq { get; init; }

    /// <summary>The report was not newer than one the engine has seen; nothing was changed and the rest of the reply says nothing.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The slots that the node may hold.</summary>
    public int Cap { get; init; }

    /// <summary>How long, from the sending of the report.</summary>
    public long Ttl { get; init; }

    /// <summary>The engine's run.</summary>
    public string Run { get; init; } = "";

    /// <summary>When the lease ends by the engine's clock.</summary>
    public long Exp { get; init; }

    /// <summary>The fleet's limit in force.</summary>
    public int Limit { get; init; }

    /// <summary>The fleet's water level: slots per weight; -1 when nobody wants more than there is.</summary>
    public double Level { get; init; } = -1;

    /// <summary>Report again after so many milliseconds, since the answer may be another then; 0: when it is time.</summary>
    public long RetryAfter { get; init; }

    /// <summary>The engine does not know yet what it may have forgotten. The cap prolongs a lease that lives, and makes none.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>Another node waits for what this one gives up: confirm at once.</summary>
    public bool IsRecalled { get; init; }
}
