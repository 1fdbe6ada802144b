using KiwiBalancer.Redis.DependencyInjection;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Redis.Tests.DependencyInjection;

public class AddRedisLimitTests
{
    [RedisFact]
    public async Task AddRedisLimit_DefaultAndNamedBalancers_EachLeaseTheirOwn()
    {
        await using var redis = await RedisServer.StartAsync();
        var services = new ServiceCollection();
        services.AddKiwiBalancer(o => o.Limit = 4).AddRedisLimit(o => Set(o, "llm").Configuration = redis.Configuration).AddClient("billing");
        services.AddKiwiBalancer("gpu", o => o.Limit = 6).AddRedisLimit(o => Set(o, "gpu").Configuration = redis.Configuration).AddClient("billing");
        await using var provider = services.BuildServiceProvider();

        var (llm, gpu) = (provider.GetRequiredService<IBalancer>(), provider.GetRequiredKeyedService<IBalancer>("gpu"));

        Assert.Equal(7, await provider.GetRequiredKeyedService<IClientHandle>("billing").RunAsync(static _ => ValueTask.FromResult(7)).AsTask().WaitAsync(Eventually.Watchdog));
        Assert.Equal(8, await provider.GetRequiredKeyedService<IClientHandle>("gpu/billing").RunAsync(static _ => ValueTask.FromResult(8)).AsTask().WaitAsync(Eventually.Watchdog));
        await Eventually.TrueAsync(() => (llm.Limit, gpu.Limit) == (4, 6), "each has its whole limit");
        Assert.Equal(("llm", 4), Of(provider.GetRequiredService<RedisLimit>()));
        Assert.Equal(("gpu", 6), Of(provider.GetRequiredKeyedService<RedisLimit>("gpu")));
        Assert.Same(provider.GetRequiredService<RedisLimit>(), provider.GetRequiredService<ILimitSource>());
    }

    [RedisFact]
    public async Task AddRedisLimit_WithAConnectionOfTheHosts_UsesItAndLeavesItOpen()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var services = new ServiceCollection();
        services.AddKiwiBalancer(o => o.Limit = 4).AddRedisLimit(o => Set(o, "llm").Connection = connection);
        await using (var provider = services.BuildServiceProvider())
        {
            var balancer = provider.GetRequiredService<IBalancer>();
            await Eventually.TrueAsync(() => balancer.Limit == 4, "the limit is leased");
        }

        await connection.GetDatabase().PingAsync();
        Assert.True(connection.IsConnected);
    }

    [Fact]
    public void AddRedisLimit_WithASection_ReadsItAndLeavesTheRest()
    {
        var options = Bind(new() { ["Configuration"] = "redis:6379", ["Resource"] = "llm", ["Linger"] = "00:02:00", ["WhenLeaseLost"] = "Cancel", ["LocalFloor"] = "1", ["MaxNodes"] = "9" });

        Assert.Equal(("redis:6379", "llm", TimeSpan.FromMinutes(2)), (options.Configuration, options.Resource, options.Linger));
        Assert.Equal((WhenLeaseLost.Cancel, 1, 9), (options.WhenLeaseLost, options.LocalFloor, options.MaxNodes));
        Assert.Equal((TimeSpan.FromSeconds(6), null, TimeSpan.FromSeconds(1)), (options.LeaseDuration, options.LeaseMargin, options.ReportInterval));
    }

    [Fact]
    public void Section_EveryOptionButTheConnection_HasItsPlaceAndIsCopied()
    {
        var names = typeof(RedisLimitOptions).GetProperties().Select(property => property.Name).Where(name => name != nameof(RedisLimitOptions.Connection)).Order().ToArray();

        Assert.Equal(names, typeof(RedisLimitSection).GetProperties().Select(property => property.Name).Order());
        var options = Bind(names.ToDictionary(name => name, name => (string?)(name switch
        {
            "Configuration" or "Resource" => "x",
            "WhenLeaseLost" => "Cancel",
            "LocalFloor" or "MaxNodes" => "7",
            _ => "00:00:07",
        })));
        var defaults = new RedisLimitOptions();
        Assert.All(names, name => Assert.NotEqual(Value(defaults, name), Value(options, name)));
    }

    [Fact]
    public void AddRedisLimit_WithAnEmptySection_IsRefusedByItsPath()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Kiwi:Limit", "4")]).Build();
        var builder = new ServiceCollection().AddKiwiBalancer(o => o.Limit = 4);

        var exception = Assert.Throws<ArgumentException>(() => builder.AddRedisLimit(configuration.GetSection("Kiwi:Reddis")));

        Assert.Equal("section", exception.ParamName);
        Assert.Contains("'Kiwi:Reddis' is empty", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddRedisLimit_WithSeveralWrongOptions_NamesAllOfThemAtTheStart()
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer("gpu", o => o.Limit = 4).AddRedisLimit(o => (o.Resource, o.Linger, o.LocalFloor) = ("a b", TimeSpan.FromDays(2), 1));
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(4, exception.Failures.Count());
        Assert.All(exception.Failures, failure => Assert.Contains("balancer 'gpu'", failure, StringComparison.Ordinal));
        Assert.All(["Configuration", "Resource", "Linger", "MaxNodes"], name => Assert.Contains(exception.Failures, failure => failure.Contains($" {name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void AddRedisLimit_WithFloorsAboveTheLimit_IsRefusedWhenTheBalancerIsBuilt()
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer(o => o.Limit = 19).AddRedisLimit(o => (o.Configuration, o.Resource, o.LocalFloor, o.MaxNodes) = ("127.0.0.1:1,connectTimeout=100", "llm", 2, 10));
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IBalancer>);

        Assert.Contains("is 20 slots", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Times that make an engine that is new to the resource wait no longer than a second.</summary>
    private static RedisLimitOptions Set(RedisLimitOptions options, string resource)
    {
        (options.Resource, options.LeaseDuration, options.ReportInterval, options.Linger) = (resource, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.3), TimeSpan.Zero);
        return options;
    }

    /// <summary>The options, not checked.</summary>
    private static RedisLimitOptions Bind(Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddKiwiBalancer(o => o.Limit = 4).AddRedisLimit(configuration);
        using var provider = services.BuildServiceProvider();
        var options = new RedisLimitOptions();
        foreach (var configure in provider.GetServices<IConfigureOptions<RedisLimitOptions>>().OfType<IConfigureNamedOptions<RedisLimitOptions>>())
        {
            configure.Configure(Options.DefaultName, options);
        }

        return options;
    }

    private static object? Value(RedisLimitOptions options, string name) => typeof(RedisLimitOptions).GetProperty(name)!.GetValue(options);

    private static (string, int) Of(RedisLimit limit) => (limit.Status.Resource, limit.Status.FleetLimit);
}
