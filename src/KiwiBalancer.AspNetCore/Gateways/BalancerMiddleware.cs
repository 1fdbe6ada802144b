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
        return context.GetEndpoint() is { } endpoint ? HandleAsync(context, endpoint.Metadata.GetMetadata<IGatewayMetadata>()) : HandleUnroutedAsync(context);
    }

    private Task HandleAsync(HttpContext context, IGatewayMetadata? wanted)
    {
        var gateway = wanted switch
        {
            null => _default,
            { Balancer: null } => null,
            { Balancer: "" } => _default ?? throw NoGateway(""),
            { Balancer: var name } => services.GetKeyedService<BalancerGateway>(name) ?? throw NoGateway(name),
        };
        return gateway is null ? next(context) : gateway.HandleAsync(context, wanted?.Cost ?? 0, next);
    }

    // No endpoint, or not yet: then what the endpoint says has not been heard, and whoever built the pipeline must hear of it.
    private async Task HandleUnroutedAsync(HttpContext context)
    {
        await HandleAsync(context, wanted: null).ConfigureAwait(false);
        if (context.GetEndpoint() is { } late && late.Metadata.GetMetadata<IGatewayMetadata>() is not null)
        {
            throw new InvalidOperationException($"Endpoint '{late.DisplayName}' says which balancer its requests go through, but it was chosen only after UseKiwiBalancer(); call app.UseRouting() before it.");
        }
    }

    // Only for endpoints that are added after the start; the others are checked there.
    private static InvalidOperationException NoGateway(string name) =>
        new($"The endpoint requires the balancer '{name}', which is no gateway; call AddGateway() on it when it is added to the services.");
}
