namespace KiwiBalancer;

/// <summary>What an endpoint says about balancing; the last that it has counts.</summary>
internal interface IGatewayMetadata
{
    /// <summary>The balancer's name; null: none.</summary>
    string? Balancer { get; }

    /// <summary>Slots; 0: not said.</summary>
    int Cost { get; }
}
