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

    /// <summary>With a connectTimeout of a minute, nobody was told for two that the engine could not be reached.</summary>
    [Fact]
    public void Connect_WithALongTimeout_IsGivenUpAfterFiveSecondsOrALease()
    {
        var options = new RedisLimitOptions { Configuration = "localhost,connectTimeout=60000", Resource = "llm" };

        Assert.Equal(6_000, RedisEngine.Configure(options, TimeSpan.FromSeconds(1)).ConnectTimeout);
        options.Configuration = "localhost,connectTimeout=700";
        Assert.Equal(700, RedisEngine.Configure(options, TimeSpan.FromSeconds(1)).ConnectTimeout);
    }
}
