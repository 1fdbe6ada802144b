using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Tests.Readme;

internal sealed record Prompt;

internal sealed record Completion;

internal sealed class FragileServer : IServer<Prompt, Completion>
{
    public ValueTask<Completion> ProcessAsync(Prompt request, CancellationToken cancellationToken) => ValueTask.FromResult(new Completion());
}

/// <summary>What a host's builder has.</summary>
internal sealed record Builder(IServiceCollection Services, IConfiguration Configuration);

internal static class Snippets
{
    public static void InAnApplication(Builder builder)
    {
builder.Services.AddKiwiBalancer(o => o.Limit = 100)                  // the whole fleet's, the same in every process
    .AddRedisLimit(o => { o.Configuration = "redis:6379"; o.Resource = "llm"; })
    .AddServer<FragileServer, Prompt, Completion>()
    .AddClient("billing", weight: 2)
    .AddClient("reports");
builder.Services.AddHealthChecks().AddKiwiBalancerRedis();
    }

    public static async Task WithoutAContainerAsync(IConnectionMultiplexer connection)
    {
await using var balancer = new WeightedBalancer(limit: 100);
balancer.UseLimitSource(new RedisLimit(new RedisLimitOptions { Connection = connection, Resource = "llm" }));
    }

    public static void Configured(Builder builder)
    {
builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi"))
    .AddRedisLimit(builder.Configuration.GetSection("Kiwi:Redis"));
    }
}
