namespace KiwiBalancer.Lab.Simulation;

/// <summary>One request on the virtual clock.</summary>
internal sealed class SimulatedRequest(SimulatedClient client, int cost, double duration, double arrived, long sequence)
{
    public SimulatedClient Client { get; } = client;

    public int Cost { get; } = cost;

    public double Duration { get; } = duration;

    public double Arrived { get; } = arrived;

    public long Sequence { get; } = sequence;

    public double Started { get; set; } = double.NaN;

    public bool IsCancelled { get; set; }

    /// <summary>What an <see cref="IRequestPolicy"/> notes about it.</summary>
    public double Tag { get; set; }

    public LinkedListNode<SimulatedRequest>? Node { get; set; }

    /// <summary>Called when it has run to its end.</summary>
    public Action? Ended { get; set; }

    public bool HasStarted => !double.IsNaN(Started);
}
