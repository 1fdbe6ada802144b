namespace KiwiBalancer.Fleet.Nodes;

/// <summary>What a node's process is told when it starts.</summary>
internal sealed record NodeOptions
{
    public required string Name { get; init; }

    /// <summary>What it is called at the server: an index.</summary>
    public required int Client { get; init; }

    public required int Weight { get; init; }

    /// <summary>The fleet's limit.</summary>
    public required int Limit { get; init; }

    /// <summary>Where the fragile server listens.</summary>
    public required int Server { get; init; }

    /// <summary>Where the engine is, as StackExchange.Redis writes it.</summary>
    public required string Engine { get; init; }

    public required string Resource { get; init; }

    /// <summary>Callers, each with one request at a time.</summary>
    public required int Callers { get; init; }

    /// <summary>The shortest request, in milliseconds.</summary>
    public double Least { get; init; } = 50;

    /// <summary>The longest request, in milliseconds.</summary>
    public double Most { get; init; } = 150;

    public LeaseTimes Times { get; init; } = new();
}
