using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A first request that met the closing of its client made a backlog that nobody gave up again, and left a note that nobody rang for.</summary>
public sealed class EnqueuedAfterTheClientDrainedTests
{
    [Fact]
    public void Enqueue_OnADrainedClient_LeavesNothingBehind()
    {
        using var balancer = new WeightedBalancer(1);
        var client = (ClientHandle)balancer.Register("leaving");
        client.Dispose();

        // What a caller does that found the door shut before the client was closed.
        Assert.Throws<ObjectDisposedException>(() => Waiter.Enqueue(client, 1, WaiterKind.Request, default));

        Integrity.Check(balancer);
        Assert.Equal(0, balancer.Engine.Backlogs);
    }
}
