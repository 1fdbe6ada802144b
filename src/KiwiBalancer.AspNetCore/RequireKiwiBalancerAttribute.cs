namespace KiwiBalancer;

/// <summary>Requests of this endpoint take slots of a balancer. Needs <c>app.UseKiwiBalancer()</c> and, for that balancer, <c>AddGateway</c>; the start fails without.</summary>
/// <param name="balancer">The balancer's name; empty for the default one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireKiwiBalancerAttribute(string balancer = "") : Attribute, IGatewayMetadata
{
    /// <summary>The balancer's name; empty for the default one.</summary>
    public string Balancer { get; } = balancer ?? throw new ArgumentNullException(nameof(balancer));

    /// <summary>How many slots a request takes.</summary>
    /// <value>1 to <see cref="KiwiBalancerOptions.MaxCost"/>; the start fails above it. Default (0): what <see cref="BalancerGatewayOptions.Cost"/> says.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Cost
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    string? IGatewayMetadata.Balancer => Balancer;
}
