using KiwiBalancer.Fleet;
using KiwiBalancer.Fragile;
using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>The one way to be over: requests that run on at the server for longer than <see cref="RedisLimitOptions.Linger"/> after their process has died.</summary>
public class LingerTests
{
    [RedisFact]
    public async Task Requests_ThatOutliveLeaseAndLinger_AreNotCounted_AndTheExcessIsThemOnly()
    {
        const int limit = 4;
        await using var redis = await RedisServer.StartAsync();
        var settings = new FleetSettings { Limit = limit, Nodes = [("dies", 1)], Least = 600_000, Most = 600_000 };
        await using RunningFleet fleet = await RunningFleet.StartAsync(settings, redis, CancellationToken.None).Within();
        await RealFleet.EventuallyAsync(async () => (await ReadAsync()).InFlight == limit, "the first node's requests run");

        await fleet.Members[0].KillAsync();
        await fleet.AddAsync("heir", 1, CancellationToken.None).Within();
        await RealFleet.EventuallyAsync(async () => (await ReadAsync()).Violations >= limit, "the other node was given the slots");

        ServerState server = await ReadAsync();
        Assert.Equal(limit, server.InFlight);
        Assert.InRange(server.MaxInFlight, limit + 1, 2 * limit);

        Task<ServerState> ReadAsync() => fleet.Server.ReadStateAsync(CancellationToken.None);
    }
}
