using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Workloads;

/// <summary>The window of a workload is demand enough for its share.</summary>
public sealed class WorkloadNewcomerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SendAll_NewcomerWithAWindowOfTheLimit_HasItsHalfWithinOneAndAHalfDurations(int seed)
    {
        var clock = new FakeTimeProvider();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 20 }, clock);
        using var end = new CancellationTokenSource();
        var server = new VirtualServer(clock, limit: 20, seed);
        var resident = balancer.Register("resident");
        var staying = server.Play(resident, window: 40, end.Token);
        server.RunUntil(5);
        Assert.Equal(20, resident.InFlight);

        var newcomer = balancer.Register("newcomer");
        var coming = server.Play(newcomer, window: 20, end.Token);
        server.RunUntil(6.5);

        Assert.Equal((10, 10), (newcomer.InFlight, resident.InFlight));
        for (var time = 7.0; time <= 12; time++)
        {
            server.RunUntil(time);
            Assert.Equal((10, 10), (newcomer.InFlight, resident.InFlight));
        }

        await end.CancelAsync();
        server.Finish(staying, coming);
        Integrity.Check(balancer);
    }
}
