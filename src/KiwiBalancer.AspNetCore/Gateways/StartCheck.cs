using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>Builds the gateways when the application starts, and stops the start if an endpoint's balancer would not be asked: a fragile server without its balancer is found out too late otherwise.</summary>
internal sealed class StartCheck(IServiceProvider services, IEnumerable<GatewayName> gateways) : IHostedLifecycleService
{
    /// <summary>Set by <c>UseKiwiBalancer</c>, while the pipeline is built.</summary>
    public bool IsUsed { get; set; }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var gateway in gateways)
        {
            services.GetRequiredKeyedService<BalancerGateway>(gateway.Name);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var names = gateways.Select(gateway => gateway.Name).ToHashSet(StringComparer.Ordinal);
        var problems = (services.GetService<EndpointDataSource>()?.Endpoints ?? []).Select(endpoint => Problem(endpoint, names)).OfType<string>().ToArray();
        return problems.Length == 0 ? Task.CompletedTask : throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? Problem(Endpoint endpoint, HashSet<string> names) => endpoint.Metadata.GetMetadata<IGatewayMetadata>() is { } wanted ? Problem(endpoint, wanted, names) : null;

    private string? Problem(Endpoint endpoint, IGatewayMetadata wanted, HashSet<string> names) => wanted.Balancer switch
    {
        null => null,
        _ when !IsUsed => $"Endpoint '{endpoint.DisplayName}' requires a balancer, but requests do not come by one; call app.UseKiwiBalancer() before the endpoints are mapped.",
        var name when !names.Contains(name) => $"Endpoint '{endpoint.DisplayName}' requires the balancer '{name}', which is no gateway; call AddKiwiBalancer({(name.Length == 0 ? "" : $"\"{name}\", ")}...).AddGateway().",
        var name when MaxCostOf(name) is var most && wanted.Cost > most => $"Requests of endpoint '{endpoint.DisplayName}' take {wanted.Cost} slots, more than the MaxCost of the balancer '{name}', which is {most}; they would all fail. Lower the cost, or raise KiwiBalancerOptions.MaxCost (default: the limit).",
        _ => null,
    };

    private int MaxCostOf(string balancer) => services.GetRequiredService<IOptionsMonitor<KiwiBalancerOptions>>().Get(balancer) is var options ? options.MaxCost ?? options.Limit : 0;
}
