using KiwiBalancer.Fleet.Nodes;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet.Report;

/// <summary>The fleet at a moment of the run.</summary>
/// <param name="At">Since the run began.</param>
/// <param name="Server">What the server counts.</param>
/// <param name="Utilisation">Slots held, of those there are, over the last seconds.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record FleetSample(TimeSpan At, ServerState Server, double Utilisation, IReadOnlyList<(string Name, int Weight, NodeStatus Status, NodeState State)> Nodes);
