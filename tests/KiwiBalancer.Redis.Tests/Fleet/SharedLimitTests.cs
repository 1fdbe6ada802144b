using KiwiBalancer.Redis.Engine;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Redis.Tests.Fleet;

/// <summary>Several balancers in one process, each with its own connection, on a real engine.</summary>
public class SharedLimitTests
{
    private const int Limit = 10;

    private readonly CountedServer _server = new();

    [RedisFact]
    public async Task Nodes_OneBusyAfterAnother_UseTheWholeLimitAndNeverMore()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = new FleetNode(redis, _server, Limit);
        await using var second = new FleetNode(redis, _server, Limit);

        first.Load(20);
        await Eventually.TrueAsync(() => first.Balancer.GetSnapshot().InFlight == Limit, "the first node has all slots");
        second.Load(20);
        await Eventually.TrueAsync(() => first.Lease.Status.Slots == Limit / 2 && second.Lease.Status.Slots == Limit / 2, "both have half");
        await second.ServesAsync(50);
        await first.UnloadAsync();
        await Eventually.TrueAsync(() => second.Balancer.GetSnapshot().InFlight == Limit, "the second node has all slots");

        Assert.Equal(Limit, _server.Most);
    }

    [RedisFact]
    public async Task Nodes_OfDifferentWeight_ShareByWeight()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var light = new FleetNode(redis, _server, Limit, weight: 1);
        await using var heavy = new FleetNode(redis, _server, Limit, weight: 4);

        light.Load(20);
        heavy.Load(20);

        await Eventually.TrueAsync(() => light.Lease.Status.Slots == 2 && heavy.Lease.Status.Slots == 8, "slots are shared 1:4");
        Assert.InRange(_server.Most, 1, Limit);
    }

    [RedisFact]
    public async Task Engine_KilledAndRestartedEmpty_NeverLetsMoreThanTheLimitRun()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = new FleetNode(redis, _server, Limit);
        await using var second = new FleetNode(redis, _server, Limit);
        first.Load(20);
        second.Load(20);
        await first.ServesAsync(50);

        redis.Kill();
        await Eventually.TrueAsync(() => _server.Running == 0, "all leases have ended");
        Assert.True(first.HasLogged(LogLevel.Error, "No lease"));
        Assert.True(first.HasLogged(LogLevel.Warning, "has ended"));
        Assert.False(first.Lease.Status.IsLeased);

        await redis.StartAgainAsync();
        await first.ServesAsync(50);
        await second.ServesAsync(50);

        Assert.Equal(Limit, _server.Most);
        Assert.Null(first.Lease.Status.Problem);
    }

    [RedisFact]
    public async Task Engine_Flushed_NeverLetsMoreThanTheLimitRun_AndANewcomerWaits()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = new FleetNode(redis, _server, Limit);
        first.Load(20);
        await first.ServesAsync(50);

        await using var connection = await redis.ConnectAsync();
        await connection.GetServers()[0].FlushAllDatabasesAsync();
        await using var newcomer = new FleetNode(redis, _server, Limit);
        newcomer.Load(20);
        await newcomer.ServesAsync(50);
        await first.ServesAsync(50);

        Assert.Equal(Limit, _server.Most);
    }

    [RedisFact]
    public async Task Limit_LoweredAtOneNode_IsInForceForAll()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = new FleetNode(redis, _server, Limit);
        await using var second = new FleetNode(redis, _server, Limit);
        first.Load(20);
        second.Load(20);
        await second.ServesAsync(20);

        first.Balancer.Limit = 4;
        await Eventually.TrueAsync(() => first.Lease.Status.Slots + second.Lease.Status.Slots == 4, "the lower limit is in force");
        await Eventually.TrueAsync(() => second.HasLogged(LogLevel.Warning, "wants a limit of 10"), "the other says that it is bound");
        second.Balancer.Limit = 4;
        first.Balancer.Limit = Limit;
        second.Balancer.Limit = Limit;
        await Eventually.TrueAsync(() => first.Lease.Status.Slots + second.Lease.Status.Slots == Limit, "the raised limit is in force");

        Assert.Equal(Limit, _server.Most);
    }

    [RedisFact]
    public async Task Node_Disposed_GivesItsSlotsBackWithoutWaitingForItsLeaseToEnd()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var stays = new FleetNode(redis, _server, Limit);
        var leaves = new FleetNode(redis, _server, Limit);
        leaves.Load(20);
        await leaves.ServesAsync(20);

        await leaves.DisposeAsync();

        await using var connection = await redis.ConnectAsync();
        var entry = (string)(await connection.GetDatabase().HashGetAsync(LedgerScript.Key("llm"), leaves.Lease.Status.Node))!;
        Assert.Equal("0", entry.Split(' ')[4]);
        Assert.EndsWith(" 1", entry, StringComparison.Ordinal);
    }
}
