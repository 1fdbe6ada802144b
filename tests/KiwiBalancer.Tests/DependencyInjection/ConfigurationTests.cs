using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Tests.DependencyInjection;

/// <summary>The real host: options from configuration, checked at the start, followed while it runs.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly FakeLoggerProvider _log = new();

    [Fact]
    public async Task Starting_WithBrokenOptions_FailsWithEveryErrorAtOnce()
    {
        using var host = MakeHost(new ReloadableSettings(("Limit", "0"), ("MaxQueueLength", "-1"), ("Clients:billing:Weight", "0"), ("Clients:reports:MaxInFlight", "0")));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync().Within());

        Assert.Equal(4, error.Failures.Count());
        Assert.All(new[] { "Limit is 0", "MaxQueueLength is -1", "Clients['billing'].Weight is 0", "Clients['reports'].MaxInFlight is 0" }, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Adding_AnEmptySection_ThrowsWithItsPath()
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKiwiBalancer(new ConfigurationBuilder().Build().GetSection("Kiwy")));

        Assert.Contains("'Kiwy'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolving_ClientsOfTheConfiguration_GivesThemAsKeyedServices()
    {
        using var host = MakeHost(new ReloadableSettings(("Limit", "7"), ("QueueTimeout", "00:00:30"), ("Strategy", "RoundRobin"), ("Clients:billing:Weight", "3"), ("Clients:billing:MaxInFlight", "2")));
        await host.StartAsync().Within();
        var balancer = host.Services.GetRequiredService<IBalancer>();
        var billing = host.Services.GetRequiredKeyedService<IClientHandle>("billing");

        Assert.IsType<RoundRobinBalancer>(balancer);
        Assert.Equal((7, 3), (balancer.Limit, billing.Weight));
        var leases = new[] { billing.Take(), billing.Take() };
        Assert.False(billing.TryAcquire(out _));

        Array.ForEach(leases, lease => lease.Dispose());
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Reloading_LimitWeightAndClients_AppliesThemInPlace()
    {
        var settings = new ReloadableSettings(("Limit", "4"), ("Clients:billing:Weight", "1"), ("Clients:reports:Weight", "1"));
        using var host = MakeHost(settings);
        var balancer = host.Services.GetRequiredService<IBalancer>();
        var held = host.Services.GetRequiredKeyedService<IClientHandle>("billing").Take();

        settings.Replace(("Limit", "6"), ("Clients:billing:Weight", "5"), ("Clients:search:Weight", "2"));

        Assert.Equal((6, 1), (balancer.Limit, balancer.GetSnapshot().InFlight));
        Assert.Equal("billing:5 search:2", string.Join(' ', balancer.GetSnapshot().Clients.Select(client => $"{client.Name}:{client.Weight}")));
        held.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Reloading_BadOptions_KeepsTheLastGoodOnesAndSaysSoAndListensOn()
    {
        var settings = new ReloadableSettings(("Limit", "4"));
        using var host = MakeHost(settings);
        var balancer = host.Services.GetRequiredService<IBalancer>();

        settings.Replace(("Limit", "-3"));
        Assert.Equal(4, balancer.Limit);
        Assert.Contains(_log.Collector.GetSnapshot(), record => record.Level == LogLevel.Error && record.Id.Id == 5);
        settings.Replace(("Limit", "many"));
        Assert.Equal(4, balancer.Limit);
        settings.Replace(("Limit", "9"));

        Assert.Equal(9, balancer.Limit);
    }

    [Fact]
    public void Reloading_SomethingElse_LeavesALimitSetInCode()
    {
        var settings = new ReloadableSettings(("Limit", "4"));
        using var host = MakeHost(settings);
        var balancer = host.Services.GetRequiredService<IBalancer>();
        balancer.Limit = 2;

        settings.Replace(("Limit", "4"), ("MaxQueueLength", "5"));

        Assert.Equal(2, balancer.Limit);
    }

    [Fact]
    public async Task Reloading_GoodBadGoodUnderLoad_NeverRunsMoreThanTheLargestLimitInForce()
    {
        var settings = new ReloadableSettings(("Limit", "8"), ("Clients:a:Weight", "1"), ("Clients:b:Weight", "3"));
        var server = new CountingServer();
        using var host = MakeHost(settings);
        await host.StartAsync().Within();
        var balancer = host.Services.GetRequiredService<IBalancer>();
        var clients = new[] { "a", "b" }.Select(name => host.Services.GetRequiredKeyedService<IClientHandle>(name).For(server)).ToArray();
        var callers = Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await clients[caller % 2].SendAsync(i);
            }
        })).ToArray();
        foreach (var limit in new[] { "3", "0x", "5", "-1", "8" })
        {
            settings.Replace(("Limit", limit), ("Clients:a:Weight", "2"), ("Clients:b:Weight", "1"));
        }

        await Task.WhenAll(callers).Within();

        Assert.InRange(server.Most, 1, 8);
        Assert.Equal(32 * 500, server.Served);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Stopping_UnderLoad_LosesNothing()
    {
        var server = new CountingServer();
        var host = MakeHost(new ReloadableSettings(("Limit", "2"), ("Clients:a:Weight", "1")));
        await host.StartAsync().Within();
        var client = host.Services.GetRequiredKeyedService<IClientHandle>("a").For(server);
        var sent = Enumerable.Range(0, 200).Select(i => client.SendAsync(i).AsTask()).ToArray();

        await host.StopAsync().Within();
        await ((IAsyncDisposable)host).DisposeAsync().Within();

        Assert.All(sent, request => Assert.True(request.IsCompletedSuccessfully));
        Assert.Equal(200, server.Served);
        Assert.Throws<ObjectDisposedException>(() => { _ = client.SendAsync(1); });
    }

    public void Dispose() => _log.Dispose();

    private IHost MakeHost(ReloadableSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        ((IConfigurationBuilder)builder.Configuration).Add(settings);
        builder.Logging.AddProvider(_log);
        builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi"));
        return builder.Build();
    }
}
