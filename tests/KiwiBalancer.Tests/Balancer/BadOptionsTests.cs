using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>Every option at what it must refuse, where it is first used: the exact exception, and a message that says what was given and what is allowed.</summary>
public sealed class BadOptionsTests
{
    public static TheoryData<string[], Action<KiwiBalancerOptions>> OutOfRange => new()
    {
        { ["Limit", "0", "1 or more"], options => options.Limit = 0 },
        { ["Limit", "-1", "1 or more"], options => options.Limit = -1 },
        { ["MaxCost", "0", "1 or more"], options => options.MaxCost = 0 },
        { ["MaxQueueLength", "-1", "0 or more"], options => options.MaxQueueLength = -1 },
        { ["MaxQueueLengthPerClient", "-2", "0 or more"], options => options.MaxQueueLengthPerClient = -2 },
        { ["QueueTimeout", "00:00:00", "more than zero"], options => options.QueueTimeout = TimeSpan.Zero },
        { ["QueueTimeout", "-00:00:02", "InfiniteTimeSpan"], options => options.QueueTimeout = TimeSpan.FromSeconds(-2) },
        { ["ShutdownTimeout", "-00:00:02", "zero or more"], options => options.ShutdownTimeout = TimeSpan.FromSeconds(-2) },
        { ["OverflowPolicy", "7", "RejectNewest, RejectOldest"], options => options.OverflowPolicy = (OverflowPolicy)7 },
        { ["Strategy", "99", "Weighted"], options => options.Strategy = (BalancerStrategy)99 },
        { ["Clients['b'].Weight", "1000001", "1 to 1000000"], options => options.Clients["b"] = new BalancerClientOptions { Weight = 1_000_001 } },
        { ["MaxInFlight", "0", "1 or more"], options => options.Clients["b"] = new BalancerClientOptions { MaxInFlight = 0 } },
    };

    public static TheoryData<string[], Action<KiwiBalancerOptions>> Wrong => new()
    {
        { ["Name must not be empty"], options => options.Name = "" },
        { ["Name must not be empty"], options => options.Name = null! },
        { ["Clients[' '] must not be empty"], options => options.Clients[" "] = new BalancerClientOptions() },
        { ["Clients['b'] is null"], options => options.Clients["b"] = null! },
        { ["Clients['b']", "'c'"], options => options.Clients["b"] = new BalancerClientOptions { Name = "c" } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Constructor_OptionOutOfRange_IsRefusedAndSaysTheRange(string[] said, Action<KiwiBalancerOptions> spoil) =>
        AssertSays(said, Assert.Throws<ArgumentOutOfRangeException>(() => Make(spoil)));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Constructor_OptionWrong_IsRefusedAndSaysWhy(string[] said, Action<KiwiBalancerOptions> spoil) =>
        AssertSays(said, Assert.Throws<ArgumentException>(() => Make(spoil)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Constructor_LimitBelowOne_IsRefusedAndSaysTheRange(int limit) =>
        AssertSays([$"{limit}", "1 or more"], Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedBalancer(limit)));

    [Fact]
    public void Constructor_EndsOfEachRange_AreAllowed()
    {
        var options = new KiwiBalancerOptions
        {
            Limit = int.MaxValue,
            MaxCost = 1,
            MaxQueueLength = 0,
            MaxQueueLengthPerClient = 0,
            QueueTimeout = TimeSpan.MaxValue,
            ShutdownTimeout = TimeSpan.Zero,
        };
        options.Clients["b"] = new BalancerClientOptions { Name = "b", Weight = 1_000_000, MaxInFlight = 1, MaxQueueLength = 0, QueueTimeout = TimeSpan.FromTicks(1) };

        using var balancer = new WeightedBalancer(options);

        Assert.True(balancer.TryGetClient("b", out var client));
        client.Take().Dispose();
        Integrity.Check(balancer);
    }

    private static void Make(Action<KiwiBalancerOptions> spoil)
    {
        var options = new KiwiBalancerOptions { Limit = 1 };
        spoil(options);
        new WeightedBalancer(options).Dispose();
    }

    private static void AssertSays(string[] said, Exception exception) =>
        Assert.All(said, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
}
