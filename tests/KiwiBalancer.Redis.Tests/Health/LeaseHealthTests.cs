using KiwiBalancer.Redis.Health;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KiwiBalancer.Redis.Tests.Health;

/// <summary>Healthy with a live lease; without one, degraded with words that say what to do.</summary>
public class LeaseHealthTests
{
    private static readonly RedisLimitStatus Leased = new() { Node = "ab", Resource = "llm", IsLeased = true, Slots = 3, FleetLimit = 10 };

    [Fact]
    public void Judge_EachState_SaysWhatToDo()
    {
        AssertJudged(Leased, HealthStatus.Healthy, "3 of the 10 slots of llm leased");
        AssertJudged(Leased with { Problem = "the engine does not answer." }, HealthStatus.Healthy, "but the engine does not answer.");
        AssertJudged(Leased with { IsQuarantined = true }, HealthStatus.Degraded, "has lost its memory");
        AssertJudged(Leased with { IsLeased = false, Slots = 0, IsQuarantined = true }, HealthStatus.Degraded, "has lost its memory");
        AssertJudged(Leased with { IsLeased = false, Slots = 0, Problem = "the engine refuses the password." }, HealthStatus.Degraded, "No lease of llm: the engine refuses the password.");
        AssertJudged(Leased with { IsLeased = false, Slots = 0 }, HealthStatus.Degraded, "has not answered yet");
    }

    [RedisFact]
    public async Task Check_WithAndWithoutTheEngine_IsHealthyAndThenDegraded()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var provider = Build(redis.Configuration);
        var health = provider.GetRequiredService<HealthCheckService>();

        var first = await health.CheckHealthAsync();
        Assert.Equal(["kiwibalancer.redis/gpu"], first.Entries.Keys);
        await Eventually.TrueAsync(() => Status(health) == HealthStatus.Healthy, "a lease is had");
        redis.Kill();
        await Eventually.TrueAsync(() => Status(health) == HealthStatus.Degraded, "the lease is lost");

        var entry = (await health.CheckHealthAsync()).Entries.Values.Single();
        Assert.StartsWith("No lease of llm: the engine", entry.Description, StringComparison.Ordinal);
        Assert.Equal((0, 4, "ready"), ((int)entry.Data["slots"], (int)entry.Data["fleetLimit"], entry.Tags.Single()));
    }

    [Fact]
    public async Task Check_OfABalancerWithoutARedisLimit_SaysWhatIsMissing()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddKiwiBalancer(o => o.Limit = 4);
        services.AddHealthChecks().AddKiwiBalancerRedis();
        await using var provider = services.BuildServiceProvider();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => provider.GetRequiredService<HealthCheckService>().CheckHealthAsync());

        Assert.Contains("AddRedisLimit", exception.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(string configuration)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddKiwiBalancer("gpu", o => o.Limit = 4).AddRedisLimit(o =>
        {
            (o.Configuration, o.Resource) = (configuration, "llm");
            (o.LeaseDuration, o.ReportInterval, o.Linger) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.3), TimeSpan.Zero);
        });
        services.AddHealthChecks().AddKiwiBalancerRedis("gpu", tags: ["ready"]);
        return services.BuildServiceProvider();
    }

    private static HealthStatus Status(HealthCheckService health) => health.CheckHealthAsync().GetAwaiter().GetResult().Status;

    private static void AssertJudged(RedisLimitStatus status, HealthStatus expected, string part)
    {
        var result = LeaseHealthCheck.Judge(status, HealthStatus.Degraded);
        Assert.Equal(expected, result.Status);
        Assert.Contains(part, result.Description, StringComparison.Ordinal);
    }
}
