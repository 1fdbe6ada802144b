using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer;

/// <summary>Adds servers and clients to a balancer in a service collection. Made by <c>AddKiwiBalancer</c>.</summary>
public interface IKiwiBalancerBuilder
{
    /// <summary>The balancer's name: the name of its options and the key of its services; empty for the default balancer.</summary>
    string Name { get; }

    /// <summary>The services.</summary>
    IServiceCollection Services { get; }
}
