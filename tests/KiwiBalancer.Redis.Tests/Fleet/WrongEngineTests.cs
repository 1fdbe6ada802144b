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

    [Theory]
    [InlineData("", "Configuration")]
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
    }

    private async Task AssertProblemAsync(FleetNode node, string part)
    {
        node.Load(2);
        await Eventually.TrueAsync(() => node.Lease.Status.Problem?.Contains(part, StringComparison.Ordinal) == true, () => $"the status says: {part}; it says: {node.Lease.Status.Problem}");
        await Eventually.TrueAsync(() => node.HasLogged(LogLevel.Error, part), $"the log says: {part}");
        Assert.Equal((0, 0, false), (_server.Most, node.Balancer.Limit, node.Lease.Status.IsLeased));
    }
}
