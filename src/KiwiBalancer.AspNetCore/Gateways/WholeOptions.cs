using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>The options of a balancer and of its gateway, which change together or not at all.</summary>
internal sealed class WholeOptions(string name, IOptionsFactory<KiwiBalancerOptions> balancers, IOptionsFactory<BalancerGatewayOptions> gateways)
{
    public string Name => name;

    /// <summary>Builds both anew and checks them (<see cref="WholeValidator"/>).</summary>
    /// <exception cref="OptionsValidationException">Something in either is wrong.</exception>
    public (KiwiBalancerOptions Balancer, BalancerGatewayOptions Gateway) Create() => (balancers.Create(name), gateways.Create(name));
}
