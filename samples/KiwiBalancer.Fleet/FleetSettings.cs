using KiwiBalancer.Fleet.Nodes;

namespace KiwiBalancer.Fleet;

/// <summary>What a fleet is made of.</summary>
internal sealed record FleetSettings
{
    /// <summary>The server's slots.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The nodes at the start.</summary>
    public IReadOnlyList<(string Name, int Weight)> Nodes { get; init; } = [];

    /// <summary>The most nodes it may come to have.</summary>
    public int MostNodes { get; init; } = 40;

    /// <summary>About how long it is to run: for how many requests the server's log has room.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Callers of each node; null: as many as the limit, so that each wants all of it.</summary>
    public int? Callers { get; init; }

    /// <summary>The shortest request, in milliseconds.</summary>
    public double Least { get; init; } = 50;

    /// <summary>The longest request, in milliseconds.</summary>
    public double Most { get; init; } = 150;

    public LeaseTimes Times { get; init; } = new();

    /// <summary>Requests that a server with so many slots can take in that time, twice.</summary>
    public int Capacity => (int)Math.Min(20_000_000, 10_000 + (2 * Limit * (Length.TotalMilliseconds + 60_000) / ((Least + Most) / 2)));
}
