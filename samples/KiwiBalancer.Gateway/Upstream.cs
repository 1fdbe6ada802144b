using Yarp.ReverseProxy.Configuration;

namespace KiwiBalancer.Gateway;

/// <summary>Where requests go: all of them to one server.</summary>
internal static class Upstream
{
    private const string Name = "upstream";

    public static IReadOnlyList<RouteConfig> Routes { get; } = [new RouteConfig { RouteId = Name, ClusterId = Name, Match = new RouteMatch { Path = "{**path}" }, Order = int.MaxValue }];

    /// <summary>None if the settings name no server that could be asked: the start says so.</summary>
    public static IReadOnlyList<ClusterConfig> Clusters(string? upstream) => Uri.TryCreate(upstream, UriKind.Absolute, out Uri? address)
        ? [new ClusterConfig { ClusterId = Name, Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { [Name] = new() { Address = address.ToString() } } }]
        : [];
}
