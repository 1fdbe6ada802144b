namespace KiwiBalancer.Redis.Ledger;

/// <summary>What the engine keeps of a node.</summary>
internal sealed record NodeEntry
{
    /// <summary>The newest report seen.</summary>
    public long Seq { get; init; }

    /// <summary>When the lease ends.</summary>
    public long Exp { get; init; }

    /// <summary>When the last request of that lease has ended, and the entry goes.</summary>
    public long Until { get; init; }

    /// <summary>What the node was told.</summary>
    public int Cap { get; init; }

    /// <summary>What it must be assumed to have running. At least <see cref="Cap"/>; falls only on the node's own word, or at <see cref="Until"/>.</summary>
    public int Hold { get; init; }

    /// <inheritdoc cref="NodeReport.Limit"/>
    public int Limit { get; init; }

    /// <inheritdoc cref="NodeReport.Demand"/>
    public long Demand { get; init; }

    /// <inheritdoc cref="NodeReport.Weight"/>
    public long Weight { get; init; }

    /// <inheritdoc cref="NodeReport.Satisfied"/>
    public long Satisfied { get; init; }

    /// <inheritdoc cref="NodeReport.SatisfiedWeight"/>
    public long SatisfiedWeight { get; init; }

    /// <summary>Its part of the limit in whole slots. The targets of all live nodes sum to the limit.</summary>
    public int Target { get; init; }

    /// <summary>Its part before rounding.</summary>
    public double Ideal { get; init; }

    /// <summary>What it has had too little so far, in slots times quanta; below 0: too much.</summary>
    public double Credit { get; init; }

    /// <summary>It would use more than its part.</summary>
    public bool IsContender { get; init; }

    /// <summary>It was pushed to give up slots and has not reported since: asking again would only repeat it.</summary>
    public bool IsAsked { get; init; }

    /// <inheritdoc cref="NodeReport.IsLeaving"/>
    public bool IsLeaving { get; init; }

    /// <summary>Whether it takes part: its lease lives and it has not said farewell.</summary>
    public bool IsLive(long now) => Exp > now && !IsLeaving;

    /// <summary>How many slots it lacks of what it wants and is due.</summary>
    public int Short => (int)Math.Max(0, Math.Min(Demand, Target) - Cap);
}
