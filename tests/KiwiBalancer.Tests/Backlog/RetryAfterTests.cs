using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

public sealed class RetryAfterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Rejecting_AtASteadyRateOfReleases_SaysHowLongTheBacklogTakes()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 10, MaxQueueLength = 40 }, _clock);
        var load = new VirtualLoad(balancer, _clock);
        var client = load.Add("client", 1, 50, () => 0.5);
        load.RunUntil(10);

        var rejection = client.Handle.AcquireOrRejectAsync().Granted().Rejection;

        // Ten slots that come back twice a second, forty waiting: two seconds.
        Assert.Equal(RejectionReason.QueueFull, rejection!.Reason);
        Assert.InRange(rejection.RetryAfter!.Value.TotalSeconds, 1.5, 2.5);
        client.Target = 0;
        load.RunUntil(100);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Rejecting_WhenNothingHasComeBack_DoesNotGuess()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 0 }, _clock);
        var client = balancer.Register("client");
        var held = client.Take();

        Assert.Null(client.AcquireOrRejectAsync().Granted().Rejection!.RetryAfter);

        held.Dispose();
        Integrity.Check(balancer);
    }
}
