using KiwiBalancer.RateLimiting.Tests.Readme;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>On a route of a real YARP, in front of another server.</summary>
public sealed class YarpTests
{
    [Fact]
    public async Task RateLimiterPolicy_OnARoute_SharesTheClusterByWeight()
    {
        var clock = new FakeTimeProvider();
        await using var server = await WorkServer.StartAsync();
        await using var proxy = await StartProxyAsync(server.Address, clock);
        using var http = new HttpClient();
        var address = WorkServer.AddressOf(proxy);

        await new UnequalLoad(proxy.Services.GetRequiredKeyedService<IBalancer>("backend"), clock, server, (key, stop) => http.GetWorkAsync(address, key, stop)).RunAsync();
    }

    private static async Task<WebApplication> StartProxyAsync(Uri server, TimeProvider clock)
    {
        var builder = WorkServer.NewBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Clusters:backend:Limit"] = "10",
            ["Clusters:backend:Clients:heavy:Weight"] = "3",
            ["Clusters:backend:Clients:light:Weight"] = "1",
            ["Clusters:backend:Clients:others:Weight"] = "1",
            ["ApiKeys:heavy"] = "heavy",
            ["ApiKeys:light"] = "light",
            ["ReverseProxy:Routes:work:ClusterId"] = "backend",
            ["ReverseProxy:Routes:work:RateLimiterPolicy"] = "per-cluster",
            ["ReverseProxy:Routes:work:Match:Path"] = "{**rest}",
            ["ReverseProxy:Clusters:backend:Destinations:one:Address"] = server.ToString(),
        });
        builder.Services.AddSingleton(clock);
        Policies.PerCluster(builder);
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapReverseProxy();
        await app.StartAsync();
        return app;
    }
}
