using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Balancing;

public sealed class UncontendedPathTests
{
    [Fact]
    public void AcquireAndRelease_Uncontended_ReadNoClock()
    {
        var clock = new CountingTimeProvider(new FakeTimeProvider());
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, QueueTimeout = TimeSpan.FromSeconds(1) }, clock);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var before = clock.Readings;

        for (var i = 0; i < 100; i++)
        {
            var one = Pending.Of(first);
            Assert.True(second.TryAcquire(out var two));
            two.Dispose();
            one.Release();
        }

        Assert.Equal((before, 0), (clock.Readings, clock.Timers));
        Integrity.Check(balancer);
    }

    [Fact]
    public void AcquireAndRelease_Uncontended_AllocateNothing()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");
        Run(client, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(client, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Integrity.Check(balancer);
    }

    private static void Run(IClientHandle client, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            client.AcquireAsync().Result.Dispose();
            client.TryAcquire(2, out var lease);
            lease.Dispose();
        }
    }
}
