using KiwiBalancer.Redis.Engine;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Redis.Tests.Fleet;

/// <summary>What goes wrong when a fleet is set up: each says what to do, and grants nothing.</summary>
public class WrongEngineTests
{
    private readonly CountedServer _server = new();

    [RedisFact]
    public async Task Engine_WithAnotherPassword_IsToldAndNothingIsGranted()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "right");
        await using var node = new FleetNode(redis, _server, 10, configure: options => options.Configuration += ",password=wrong");

        await AssertProblemAsync(node, "password");
    }

    [RedisFact]
    public async Task Engine_ThatIsNotThere_IsToldAndNothingIsGranted()
    {
        await using var redis = await RedisServer.StartAsync();
        redis.Kill();
        await using var node = new FleetNode(redis, _server, 10);

        await AssertProblemAsync(node, "cannot be reached");
    }

    [RedisFact]
    public async Task Resource_WhoseKeyHoldsSomethingElse_IsToldAndNothingIsGranted()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = await redis.ConnectAsync();
        await connection.GetDatabase().StringSetAsync(LedgerScript.Key("llm"), "mine");
        await using var node = new FleetNode(redis, _server, 10);

        await AssertProblemAsync(node, "holds something else");
    }

    [RedisFact]
    public async Task Engine_WithoutScripts_IsToldAndNothingIsGranted()
    {
        await using var redis = await RedisServer.StartAsync("--rename-command", "EVAL", "", "--rename-command", "EVALSHA", "");
        await using var node = new FleetNode(redis, _server, 10);

        await AssertProblemAsync(node, "no Lua scripts");
    }

    [RedisFact]
    public async Task Engine_ThatMayEvictTheLedger_IsWarnedOf()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        await using var node = new FleetNode(redis, _server, 10);

        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Warning, "may evict the ledger"), "the unsafe setting is logged");
    }

    [RedisFact]
    public async Task Engine_ThatTakesWritesWithoutItsReplicas_IsWarnedOf()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{redis.Port}");
        await using var connection = await redis.ConnectAsync();
        await Eventually.TrueAsync(() => connection.GetServers()[0].Info("replication").SelectMany(part => part).Any(line => line is { Key: "connected_slaves", Value: "1" }), "the replica is connected");
        await using var node = new FleetNode(redis, _server, 10);

        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Warning, "min-replicas-to-write"), "the unsafe setting is logged");
    }

    [RedisFact]
    public async Task TwoFleets_OfDifferentLimitsOnOneResource_AreBoundByTheSmallerAndTold()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var small = new FleetNode(redis, _server, 4);
        await using var large = new FleetNode(redis, _server, 10);
        small.Load(8);
        large.Load(20);

        await Eventually.TrueAsync(() => large.HasLogged(LogLevel.Warning, "wants a limit of 10 for llm, but 4 is in force"), "the larger is told what to do");
        await Eventually.TrueAsync(() => small.Lease.Status.Slots + large.Lease.Status.Slots == 4, "they share the smaller limit");
        await large.ServesAsync(20);

        Assert.False(small.HasLogged(LogLevel.Warning, "wants a limit"));
        Assert.Contains("another Resource", large.Log.Collector.GetSnapshot().Select(record => record.Message).First(message => message.Contains("wants a limit", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(_server.Most, 1, 10);
    }

    [RedisFact]
    public async Task Resource_ThatNobodyElseMeans_IsToldToHaveNoOtherProcess()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = new FleetNode(redis, _server, 10);
        await Eventually.TrueAsync(() => first.HasLogged(LogLevel.Information, "of llm is had. Other processes in its ledger: 0"), "the first is alone");
        await using var second = new FleetNode(redis, _server, 10);
        await using var astray = new FleetNode(redis, _server, 10, configure: static options => options.Resource = "lmm");

        await Eventually.TrueAsync(() => second.HasLogged(LogLevel.Information, "of llm is had. Other processes in its ledger: 1"), "the second sees the first");
        await Eventually.TrueAsync(() => astray.HasLogged(LogLevel.Information, "of lmm is had. Other processes in its ledger: 0"), "the third is told to be alone");
    }

    [Theory]
    [InlineData("", "Configuration")]
    [InlineData("host", "Configuration")]
    [InlineData("word", "Configuration")]
    [InlineData("floor", "LocalFloor")]
    [InlineData("nodes", "MaxNodes")]
    [InlineData("missing", "MaxNodes")]
    [InlineData("lost", "WhenLeaseLost")]
    [InlineData("resource", "Resource")]
    [InlineData("braces", "Resource")]
    [InlineData("duration", "LeaseDuration")]
    [InlineData("margin", "LeaseMargin")]
    [InlineData("interval", "ReportInterval")]
    [InlineData("gap", "MinReportGap")]
    [InlineData("linger", "Linger")]
    public void Options_OutsideTheirRange_AreRefusedByName(string wrong, string name)
    {
        var options = new RedisLimitOptions { Configuration = "localhost", Resource = "llm" };
        switch (wrong)
        {
            case "":
                options.Configuration = " ";
                break;
            case "host":
                options.Configuration = "password=secret";
                break;
            case "word":
                options.Configuration = "localhost,passwort=secret";
                break;
            case "floor":
                options.LocalFloor = -1;
                break;
            case "nodes":
                options.MaxNodes = 0;
                break;
            case "missing":
                options.LocalFloor = 1;
                break;
            case "lost":
                options.WhenLeaseLost = (WhenLeaseLost)2;
                break;
            case "resource":
                options.Resource = "";
                break;
            case "braces":
                options.Resource = "a{b}";
                break;
            case "duration":
                options.LeaseDuration = TimeSpan.FromMilliseconds(499);
                break;
            case "margin":
                options.LeaseMargin = TimeSpan.FromSeconds(3.1);
                break;
            case "interval":
                options.ReportInterval = TimeSpan.FromSeconds(2.1);
                break;
            case "gap":
                options.MinReportGap = TimeSpan.FromSeconds(1.1);
                break;
            case "linger":
                options.Linger = TimeSpan.FromSeconds(-1);
                break;
        }

        var exception = Assert.Throws<ArgumentException>(() => new RedisLimit(options));

        Assert.Equal("options", exception.ParamName);
        Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    private async Task AssertProblemAsync(FleetNode node, string part)
    {
        node.Load(2);
        await Eventually.TrueAsync(() => node.Lease.Status.Problem?.Contains(part, StringComparison.Ordinal) == true, () => $"the status says: {part}; it says: {node.Lease.Status.Problem}");
        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Error, part), $"the log says: {part}");
        Assert.Equal((0, 0, false), (_server.Most, node.Balancer.Limit, node.Lease.Status.IsLeased));
    }
}
