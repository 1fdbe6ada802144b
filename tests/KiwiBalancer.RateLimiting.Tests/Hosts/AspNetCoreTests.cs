using System.Net;
using KiwiBalancer.RateLimiting.Tests.Readme;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>Inside the real <c>UseRateLimiter</c>, set up as the README shows.</summary>
public sealed class AspNetCoreTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task UseRateLimiter_PolicyPerApiKeyWithWeightsFromConfiguration_SharesByWeight()
    {
        await using var server = await StartAsync(("Limit", "10"), ("Clients:heavy:Weight", "3"), ("Clients:light:Weight", "1"));
        using var http = new HttpClient();

        await new UnequalLoad(BalancerOf(server), _clock, server, (key, stop) => http.GetWorkAsync(server.Address, key, stop)).RunAsync();
    }

    [Fact]
    public async Task UseRateLimiter_QueueFull_AnswersWithWhenToComeBack()
    {
        await using var server = await StartAsync(("Limit", "1"), ("MaxQueueLength", "1"));
        var balancer = BalancerOf(server);
        using var http = new HttpClient();
        for (var i = 0; i < 20; i++)
        {
            var (one, two) = (http.GetWorkAsync(server.Address, "x", CancellationToken.None), http.GetWorkAsync(server.Address, null, CancellationToken.None));
            var item = await server.NextAsync();
            Eventually.True(() => balancer.GetSnapshot().Waiting == 1, "the other waits");
            _clock.Advance(TimeSpan.FromSeconds(2));
            item.Done.SetResult();
            (await server.NextAsync()).Done.SetResult();
            await Task.WhenAll(one, two).Within();
        }

        var running = http.GetWorkAsync(server.Address, "x", CancellationToken.None);
        var ran = await server.NextAsync();
        var waiting = http.GetWorkAsync(server.Address, "y", CancellationToken.None);
        Eventually.True(() => balancer.GetSnapshot().Waiting == 1, "the second waits");
        using var refused = await http.SendWorkAsync(server.Address, "z", CancellationToken.None).Within();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        ran.Done.SetResult();
        (await server.NextAsync()).Done.SetResult();
        await Task.WhenAll(running, waiting).Within();
        Eventually.True(() => balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "every slot comes back");
        Assert.Equal(1, server.Most);
    }

    [Fact]
    public async Task UseRateLimiter_CallerGoesAway_LeavesTheQueueAtOnce()
    {
        await using var server = await StartAsync(("Limit", "1"));
        var balancer = BalancerOf(server);
        using var http = new HttpClient();
        using var leave = new CancellationTokenSource();
        var running = http.GetWorkAsync(server.Address, "x", CancellationToken.None);
        var item = await server.NextAsync();
        var waiting = http.GetWorkAsync(server.Address, "x", leave.Token);
        Eventually.True(() => balancer.GetSnapshot().Waiting == 1, "the second waits");

        await leave.CancelAsync();

        Eventually.True(() => balancer.GetSnapshot().Waiting == 0, "the aborted request leaves the queue");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        item.Done.SetResult();
        await running.Within();
    }

    [Fact]
    public async Task UseRateLimiter_ReloadRemovesAndAddsAClient_FollowsWithoutAnError()
    {
        await using var server = await StartAsync(("Limit", "4"), ("Clients:billing:Weight", "2"));
        var balancer = BalancerOf(server);
        using var http = new HttpClient();
        await ServeOneAsync("billing");

        var options = new KiwiBalancerOptions { Limit = 2 };
        options.Clients["others"] = new();
        balancer.Reconfigure(options);
        Assert.False(balancer.TryGetClient("billing", out _));
        await ServeOneAsync("others");
        options.Clients["billing"] = new() { Weight = 5 };
        balancer.Reconfigure(options);

        await ServeOneAsync("billing");
        Assert.Equal((2, 5), (balancer.Limit, balancer.TryGetClient("billing", out var billing) ? billing.Weight : 0));

        async Task ServeOneAsync(string servedAs)
        {
            var sending = http.GetWorkAsync(server.Address, "billing", CancellationToken.None);
            var item = await server.NextAsync();
            Assert.Equal(1, balancer.TryGetClient(servedAs, out var client) ? client.InFlight : 0);
            item.Done.SetResult();
            await sending.Within();
            Eventually.True(() => balancer.GetSnapshot().InFlight == 0, "the slot comes back");
        }
    }

    private static IBalancer BalancerOf(WorkServer server) => server.Services.GetRequiredService<IBalancer>();

    private Task<WorkServer> StartAsync(params (string Key, string Value)[] settings) => WorkServer.StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Append(("Clients:others:Weight", "1")).Select(setting => KeyValuePair.Create("Kiwi:" + setting.Item1, (string?)setting.Item2)));
            builder.Configuration.AddInMemoryCollection(new[] { "heavy", "light", "billing" }.Select(key => KeyValuePair.Create("ApiKeys:" + key, (string?)key)));
            builder.Services.AddSingleton<TimeProvider>(_clock);
            Policies.PerClient(builder);
        },
        "per-client");
}
