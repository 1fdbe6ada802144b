using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.DependencyInjection;

/// <inheritdoc cref="IKiwiBalancerBuilder"/>
internal sealed class KiwiBalancerBuilder(IServiceCollection services, string name) : IKiwiBalancerBuilder
{
    public string Name => name;

    public IServiceCollection Services => services;
}
