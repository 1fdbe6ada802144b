namespace KiwiBalancer.Fleet.Arguments;

/// <summary>The command line, checked.</summary>
internal sealed record FleetArguments
{
    /// <summary>The slots of the server.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The nodes; with chaos six of them.</summary>
    public IReadOnlyList<(string Name, int Weight)> Nodes { get; init; } = [("alpha", 1), ("beta", 1), ("gamma", 2)];

    /// <summary>How long the fleet is loaded.</summary>
    public double Seconds { get; init; } = 30;

    /// <summary>How long, with faults.</summary>
    public double? Chaos { get; init; }

    /// <summary>What decides the faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>An engine that runs already; null to start one.</summary>
    public string? Redis { get; init; }

    /// <summary>Whether to start redis-server, if it is installed; null: with chaos.</summary>
    public bool? WantsRedisServer { get; init; }

    /// <summary>The least utilisation outside fault windows that counts as kept, as a fraction.</summary>
    public double LeastUtilisation { get; init; } = 0.95;

    public string? JsonPath { get; init; }

    public string? ChartPath { get; init; }

    /// <summary>Plain lines, also on a terminal.</summary>
    public bool Plain { get; init; }
}
