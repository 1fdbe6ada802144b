namespace KiwiBalancer;

/// <summary>Requests of this endpoint take no slot, whatever its group, its controller or the default balancer says: health checks, metrics, static files.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DisableKiwiBalancerAttribute : Attribute, IGatewayMetadata
{
    string? IGatewayMetadata.Balancer => null;

    int IGatewayMetadata.Cost => 0;
}
