using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>ConcurrencyLimiter: two racing disposes of one lease can release it twice.</summary>
public sealed class LeaseDisposedTwiceAtOnceTests
{
    [Fact]
    public async Task Dispose_FromTwoThreadsAtOnce_FreesTheSlotsOnce()
    {
        const int Rounds = 20_000;
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");
        var anchor = Pending.Of(client);
        using var barrier = new Barrier(2);
        SlotLease shared = default;
        var wrong = 0;

        void DisposeShared(bool isTaker)
        {
            for (var i = 0; i < Rounds; i++)
            {
                if (isTaker)
                {
                    wrong += client.TryAcquire(out shared) ? 0 : 1;
                }

                Meet(barrier);
                shared.Dispose();
                Meet(barrier);
                if (isTaker)
                {
                    wrong += client.InFlight == 1 && balancer.GetSnapshot().InFlight == 1 ? 0 : 1;
                }
            }
        }

        await Task.WhenAll(OnThread(() => DisposeShared(true)), OnThread(() => DisposeShared(false))).Within();

        Assert.Equal(0, wrong);
        anchor.Release();
        Integrity.Check(balancer);
    }

    private static void Meet(Barrier barrier) => Assert.True(barrier.SignalAndWait(Eventually.Watchdog), "The other thread never came.");

    private static Task OnThread(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
