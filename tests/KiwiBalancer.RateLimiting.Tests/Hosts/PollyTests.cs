using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.RateLimiting;

namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>Inside Polly's rate limiter strategy, on the callers' side.</summary>
public sealed class PollyTests
{
    [Fact]
    public async Task AddRateLimiter_APipelineForEachClient_SharesByWeight()
    {
        var clock = new FakeTimeProvider();
        await using var server = await WorkServer.StartAsync();
        await using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = UnequalLoad.Limit }, clock);
        var pipelines = new[] { balancer.Register("heavy", weight: 3), balancer.Register("light", weight: 1) }
            .ToDictionary(client => client.Name, client => new ResiliencePipelineBuilder().AddRateLimiter(client.AsRateLimiter()).Build(), StringComparer.Ordinal);
        using var http = new HttpClient();

        await new UnequalLoad(balancer, clock, server, Call).RunAsync();

        Task Call(string key, CancellationToken stop) => pipelines[key].ExecuteAsync(async token => await http.GetWorkAsync(server.Address, key, token), stop).AsTask();
    }

    [Fact]
    public async Task AddResilienceHandler_MoreCallsThanSlots_StayUnderTheLimit()
    {
        await using var server = await WorkServer.StartAsync();
        await using var balancer = new WeightedBalancer(limit: 2);
        var client = balancer.Register("a");
        var services = new ServiceCollection();
        services.AddHttpClient("work").AddResilienceHandler("kiwi", pipeline => pipeline.AddRateLimiter(client.AsRateLimiter()));
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("work");

        var calls = Enumerable.Range(0, 6).Select(_ => http.GetWorkAsync(server.Address, "a", CancellationToken.None)).ToArray();
        Eventually.True(() => client.Waiting == 4, "the others wait");

        // Both slots are in use at the server before the first is given back.
        var running = new Queue<WorkItem>([await server.NextAsync(), await server.NextAsync()]);
        for (var i = 0; i < calls.Length; i++)
        {
            running.Dequeue().Done.SetResult();
            if (i + 2 < calls.Length)
            {
                running.Enqueue(await server.NextAsync());
            }
        }

        await Task.WhenAll(calls).Within();
        Assert.Equal(2, server.Most);
        Assert.Equal(0, client.InFlight);
    }

    [Fact]
    public async Task AddRateLimiter_QueueFull_RejectsWithTheReason()
    {
        await using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 0 });
        var client = balancer.Register("a");
        var pipeline = new ResiliencePipelineBuilder().AddRateLimiter(client.AsRateLimiter()).Build();
        using var held = await client.AcquireAsync();

        var rejected = await Assert.ThrowsAsync<RateLimiterRejectedException>(() => pipeline.ExecuteAsync(static _ => default).AsTask().Within());

        Assert.Null(rejected.RetryAfter);
        Assert.Equal(0, client.Waiting);
    }
}
