using KiwiBalancer.Redis.Engine;

namespace KiwiBalancer.Redis.Tests.Issues;

/// <summary>The fleet stood still for half a minute after an engine had been restarted twice: the connection waited longer after each attempt.</summary>
public class EngineBackAfterManyAttemptsTests
{
    [Fact]
    public void Reconnect_AfterManyAttempts_IsTriedAsSoonAsAfterTheFirst()
    {
        var patience = TimeSpan.FromMilliseconds(600);

        var configuration = RedisEngine.Configure(new RedisLimitOptions { Configuration = "localhost,connectTimeout=60000", Resource = "llm" }, patience);

        Assert.False(configuration.ReconnectRetryPolicy.ShouldRetry(1_000, 0));
        Assert.True(configuration.ReconnectRetryPolicy.ShouldRetry(1_000, 601));
        Assert.True(configuration.HeartbeatInterval <= patience);
    }
}
