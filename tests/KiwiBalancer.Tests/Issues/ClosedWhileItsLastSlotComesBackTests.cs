using KiwiBalancer.Clients;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A client that drained between its closing and the note of it stayed in the list of the leaving for ever: a ghost in every snapshot, and a leak.</summary>
public sealed class ClosedWhileItsLastSlotComesBackTests
{
    [Fact]
    public void Closing_ToldAfterTheClientHasDrained_RemembersNobody()
    {
        using var balancer = new WeightedBalancer(1);
        var registry = new ClientRegistry(balancer.Engine);
        var client = registry.Add(new BalancerClientOptions { Name = "leaving" });
        client.Close();

        // What the registry sees when the closing thread was slow between shutting the door and saying so.
        registry.Closing(client);

        Assert.Empty(registry.All);
    }

    [Fact]
    public async Task Dispose_WhileTheLastSlotComesBack_ForgetsTheClient()
    {
        const int Rounds = 1_000;
        using var balancer = new WeightedBalancer(1);
        using var barrier = new Barrier(2);
        IClientHandle client = balancer.Register("leaving");
        SlotLease lease = default;
        var ghosts = 0;

        void Run(bool isCloser)
        {
            for (var i = 0; i < Rounds; i++)
            {
                if (isCloser)
                {
                    client = balancer.Register("leaving");
                    Assert.True(client.TryAcquire(out lease));
                }

                Assert.True(barrier.SignalAndWait(Eventually.Watchdog));
                if (isCloser)
                {
                    client.Dispose();
                }
                else
                {
                    lease.Dispose();
                }

                Assert.True(barrier.SignalAndWait(Eventually.Watchdog));
                ghosts += isCloser ? balancer.GetSnapshot().Clients.Count : 0;
            }
        }

        client.Dispose();
        await Task.WhenAll(
            Task.Factory.StartNew(() => Run(true), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Factory.StartNew(() => Run(false), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).Within();

        Assert.Equal(0, ghosts);
        Integrity.Check(balancer);
    }
}
