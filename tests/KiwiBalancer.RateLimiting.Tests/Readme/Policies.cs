using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Model;

namespace KiwiBalancer.RateLimiting.Tests.Readme;

internal static class Policies
{
    /// <summary>What one writes without KiwiBalancer.</summary>
    public static void Before(WebApplicationBuilder builder)
    {
builder.Services.AddRateLimiter(options => options.AddConcurrencyLimiter("server", limiter =>
{
    limiter.PermitLimit = 100;
    limiter.QueueLimit = 10_000;                                      // first in, first out: who sends most gets most
}));
    }

    public static void PerClient(WebApplicationBuilder builder)
    {
builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi"));

var keys = builder.Configuration.GetSection("ApiKeys");               // key → client
builder.Services.AddRateLimiter(options =>
{
    options.AddPolicy("per-client", context =>
    {
        var balancer = context.RequestServices.GetRequiredService<IBalancer>();
        var others = context.RequestServices.GetRequiredKeyedService<IClientHandle>("others");
        return balancer.GetRateLimitPartition(keys[context.Request.Headers["X-Api-Key"].ToString()], others);
    });
    options.OnRejected = (context, _) =>
    {
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
        {
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return default;
    };
});
    }

    public static void ByPriority(RateLimiterOptions options, IBalancer balancer, IClientHandle normal)
    {
options.AddPolicy("by-priority", context => balancer.GetRateLimitPartition(context.Request.Headers["X-Priority"], otherwise: normal));
    }

    public static void ByCost(RateLimiterOptions options, IClientHandle client)
    {
options.AddPolicy("by-cost", context => client.AsRateLimitPartition(cost: HttpMethods.IsPost(context.Request.Method) ? 2 : 1));
    }

    public static void PerCluster(WebApplicationBuilder builder)
    {
foreach (var cluster in builder.Configuration.GetSection("Clusters").GetChildren())
{
    builder.Services.AddKiwiBalancer(cluster.Key, cluster);
}

var keys = builder.Configuration.GetSection("ApiKeys");
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
builder.Services.AddRateLimiter(options => options.AddPolicy("per-cluster", context =>
{
    var cluster = context.GetEndpoint()!.Metadata.GetRequiredMetadata<RouteModel>().Config.ClusterId!;
    var balancer = context.RequestServices.GetRequiredKeyedService<IBalancer>(cluster);
    var others = context.RequestServices.GetRequiredKeyedService<IClientHandle>($"{cluster}/others");
    return balancer.GetRateLimitPartition(keys[context.Request.Headers["X-Api-Key"].ToString()], others);
}));
    }
}
