using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>The ends of each option's range belong to it; what lies beyond is in <see cref="BadInput.OptionCases"/>.</summary>
public sealed class OptionRangeTests
{
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
}
