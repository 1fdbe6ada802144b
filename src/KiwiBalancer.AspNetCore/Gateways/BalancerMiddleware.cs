using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>Takes a request through the balancer of its endpoint, or through the default one.</summary>
internal sealed class BalancerMiddleware(RequestDelegate next, IServiceProvider services)
{
    private readonly BalancerGateway? _default = services.GetKeyedService<BalancerGateway>(Options.DefaultName);

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wanted = context.GetEndpoint()?.Metadata.GetMetadata<IGatewayMetadata>();
        var gateway = wanted switch
        {
            null => _default,
            { Balancer: null } => null,
            { Balancer: "" } => _default ?? throw NoGateway(""),
            { Balancer: var name } => services.GetKeyedService<BalancerGateway>(name) ?? throw NoGateway(name),
        };
        return gateway is null ? next(context) : gateway.HandleAsync(context, wanted?.Cost ?? 0, next);
    }

    // Only for endpoints that are added after the start; the others are checked there.
    private static InvalidOperationException NoGateway(string name) =>
        new($"The endpoint requires the balancer '{name}', which is no gateway; call AddGateway() on it when it is added to the services.");
}
