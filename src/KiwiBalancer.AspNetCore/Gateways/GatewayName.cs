namespace KiwiBalancer.Gateways;

/// <summary>The name of a balancer that is a gateway, so that all of them can be found at the start.</summary>
internal sealed record GatewayName(string Name);
