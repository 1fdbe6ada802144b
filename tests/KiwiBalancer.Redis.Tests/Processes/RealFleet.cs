using KiwiBalancer.Fleet;
using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Fragile;
using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>
/// Three node processes, a server process that counts, and a redis-server, behind a network that may be made bad. All tests of a class share one, one after another: to start it takes longer than most of what is done to it.
/// </summary>
public sealed class RealFleet : IAsyncLifetime
{
    public const int Limit = 9;
    private int _violations;
    private long _broke;
    private RedisServer? _redis;
    private TcpProxy? _network;
    private RunningFleet? _fleet;

    private long Broke => Fleet.Members.Sum(m => m.State.Broke);

    internal RedisServer Redis => _redis!;

    internal TcpProxy Network => _network!;

    internal RunningFleet Fleet => _fleet!;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Begins a test: starts it, if none has yet.</summary>
    public async Task StartAsync()
    {
        if (_fleet is null)
        {
            _redis = await RedisServer.StartAsync();
            _network = TcpProxy.To(_redis.Port);
            var settings = new FleetSettings { Limit = Limit, Nodes = [("a", 1), ("b", 1), ("c", 1)], Least = 20, Most = 80, Callers = Limit };
            _fleet = await RunningFleet.StartAsync(settings, _redis, CancellationToken.None, _network.Configuration);
            await FullAsync();
        }

        (_violations, _broke) = ((await ReadAsync()).Violations, Broke);
    }

    /// <summary>Waits until every node has a part of the server and all of it is in use, and that for a while.</summary>
    public async Task FullAsync()
    {
        int served = (await ReadAsync()).Served;
        await EventuallyAsync(
            async () => (await ReadAsync()).Served > served + (5 * Fleet.Limit) && Fleet.Members.All(m => m.State.Slots > 0),
            "every node has slots, and the server serves");
        await EventuallyAsync(async () => (await ReadAsync()).InFlight == Fleet.Limit, "the server is full");
    }

    /// <summary>What must hold whatever happens: the server was never sent more than its limit.</summary>
    public async Task AssertNeverOverAsync()
    {
        ServerState server = await ReadAsync();
        Assert.Equal((0, 0L), (server.Violations - _violations, Broke - _broke));
        Assert.True(server.Violations > 0 || server.MaxInFlight <= Limit, $"At most {server.MaxInFlight} of {Limit} ran, and the server has noted no violation.");
    }

    public async Task DisposeAsync()
    {
        await (_fleet?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_network?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_redis?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    internal Task<ServerState> ReadAsync() => Fleet.Server.ReadStateAsync(CancellationToken.None);

    internal static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        try
        {
            await RunningFleet.UntilAsync(condition, CancellationToken.None).WaitAsync(Eventually.Watchdog);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {Eventually.Watchdog.TotalSeconds} s in vain for: {what}");
        }
    }

    /// <summary>Waits until no node may grant any more.</summary>
    internal Task AllLeasesLostAsync() => EventuallyAsync(() => Task.FromResult(Fleet.Members.All(m => !m.State.IsLeased)), "all leases have ended");
}
