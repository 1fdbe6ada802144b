using System.Collections.Immutable;

namespace KiwiBalancer.Redis.Ledger;

/// <summary>Everything the engine keeps of one resource. A value: a step makes another one.</summary>
internal sealed record FleetLedger
{
    /// <summary>The engine's run that has written this.</summary>
    public required string Run { get; init; }

    /// <summary>The latest time a step was taken; it never falls within a run.</summary>
    public long Now { get; init; }

    /// <summary>Since when nothing is forgotten.</summary>
    public long QuarantineFrom { get; init; }

    /// <summary>Until then somebody may hold a lease, or its last request, that this ledger knows nothing of.</summary>
    public long QuarantineEnd { get; init; }

    /// <summary>The limit in force.</summary>
    public int Limit { get; init; }

    /// <summary>The sum of all <see cref="NodeEntry.Hold"/>.</summary>
    public long SumHold { get; init; }

    /// <summary>When targets may be computed again: looking at every node must not keep the engine busy.</summary>
    public long NextRecompute { get; init; }

    /// <summary>When they were computed last.</summary>
    public long LastRecompute { get; init; }

    /// <summary>The water level: slots per weight; -1 when nobody wants more than there is.</summary>
    public double Level { get; init; } = -1;

    /// <summary>The slots that contenders have among them.</summary>
    public long Contested { get; init; }

    /// <summary>The nodes, by name.</summary>
    public ImmutableSortedDictionary<string, NodeEntry> Nodes { get; init; } = ImmutableSortedDictionary.Create<string, NodeEntry>(StringComparer.Ordinal);

    /// <summary>Whether the ledger is waiting out what the engine may have forgotten.</summary>
    public bool IsQuarantined => Now < QuarantineEnd;
}
