using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Lab.Replay;

/// <summary>A service of a trace: what it sent, and its claim on the server.</summary>
internal sealed record Service(string Name, int Weight, IReadOnlyList<TraceRow> Rows)
{
    /// <summary>What its requests take in all.</summary>
    public double SlotSeconds { get; } = Rows.Sum(r => r.Hold.TotalSeconds);
}
