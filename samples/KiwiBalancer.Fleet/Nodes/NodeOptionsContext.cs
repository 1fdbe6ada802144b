using System.Text.Json.Serialization;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>How they are written on a command line.</summary>
[JsonSerializable(typeof(NodeOptions))]
internal sealed partial class NodeOptionsContext : JsonSerializerContext;
