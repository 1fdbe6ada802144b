using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A request accepted just before its client was closed by force came into the backlog after the rejection of all others, and waited for ever.</summary>
public sealed class AcquiredWhileItsClientIsForcedOutTests
{
    [Fact]
    public void Arrive_AfterTheNoteThatRejectsAll_IsRejectedToo()
    {
        using var balancer = new WeightedBalancer(1) { Limit = 0 };
        var client = balancer.Register("leaving");

        // What the owner sees when the caller was slow between being counted and being put in line.
        ((Clients.ClientHandle)client).Force(RejectionReason.BalancerClosed);
        var request = Pending.Of(client);

        Assert.Equal(RejectionReason.BalancerClosed, request.Reason);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Acquire_WhileTheClientIsDisposed_IsRejectedOrRefusedButNeverLeftWaiting()
    {
        const int Rounds = 5_000;
        using var balancer = new WeightedBalancer(1) { Limit = 0 };
        using var barrier = new Barrier(2);
        IClientHandle client = balancer.Register("leaving");
        var requests = new List<Pending>();

        void Run(bool isCloser)
        {
            for (var i = 0; i < Rounds; i++)
            {
                if (isCloser)
                {
                    client = balancer.Register("leaving");
                    requests.Add(Pending.Of(client));
                }

                Assert.True(barrier.SignalAndWait(Eventually.Watchdog));
                if (isCloser)
                {
                    client.Dispose();
                }
                else
                {
                    try
                    {
                        requests.Add(Pending.Of(client));
                    }
                    catch (ObjectDisposedException)
                    {
                        // Refused: the closing came first.
                    }
                }

                Assert.True(barrier.SignalAndWait(Eventually.Watchdog));
            }
        }

        client.Dispose();
        await Task.WhenAll(
            Task.Factory.StartNew(() => Run(true), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Factory.StartNew(() => Run(false), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).Within();

        Eventually.True(() => requests.TrueForAll(request => request.IsAnswered), "every request is answered");
        Assert.All(requests, request => Assert.Equal(RejectionReason.ClientClosed, request.Reason));
        Integrity.Check(balancer);
    }
}
