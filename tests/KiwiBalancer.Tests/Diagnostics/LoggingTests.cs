using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Diagnostics;

public sealed class LoggingTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger _logger = new();

    [Fact]
    public void Changing_LimitAndWeight_SaysFromWhatToWhatAndNothingWhenTheyStay()
    {
        using var balancer = Make(10);
        var client = balancer.Register("billing");

        balancer.Limit = 5;
        balancer.Limit = 5;
        client.Weight = 3;
        client.Weight = 3;

        Assert.Equal(
            "2 The limit of balancer kiwi has changed from 10 to 5.|3 The weight of client billing of balancer kiwi has changed from 1 to 3.",
            string.Join('|', Said().Select(record => $"{record.Id.Id} {record.Message}")));
    }

    [Fact]
    public void Rejecting_AStorm_IsToldOfAtOnceAndThenOnceInTenSecondsWithTheCount()
    {
        using var balancer = Make(1);
        var client = balancer.Register("noisy");
        var held = client.Take();

        Reject(client, 100);
        Assert.Contains("has rejected 1 requests", Assert.Single(Said()).Message, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Reject(client, 1);

        Assert.Equal(2, Said().Count);
        Assert.Contains("has rejected 100 requests", Said()[1].Message, StringComparison.Ordinal);
        Assert.Contains("noisy: QueueFull", Said()[1].Message, StringComparison.Ordinal);
        held.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Disposing_WithRequestsStillRunning_SaysHowMany()
    {
        var balancer = Make(2);
        var held = balancer.Register("slow").Take(2);

        balancer.Dispose();

        var record = Assert.Single(Said());
        Assert.Equal((LogLevel.Warning, 6), (record.Level, record.Id.Id));
        Assert.Contains("2 slots are held", record.Message, StringComparison.Ordinal);
        held.Dispose();
        Integrity.Check(balancer);
    }

    private static void Reject(IClientHandle client, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.NotNull(client.AcquireOrRejectAsync().Granted().Rejection);
        }
    }

    private IReadOnlyList<FakeLogRecord> Said() => _logger.Collector.GetSnapshot();

    private WeightedBalancer Make(int limit) => new(new KiwiBalancerOptions { Limit = limit, MaxQueueLength = 0 }, _clock, _logger);
}
