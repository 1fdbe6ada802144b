using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>The instant of the grant: whoever wins, each request ends exactly once and every slot comes back.</summary>
public sealed class CancellationRaceTests
{
    [Fact]
    public async Task Cancel_AtTheInstantOfTheGrant_EndsOnceOneWayOrTheOther()
    {
        const int Rounds = 30_000;
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        using var barrier = new Barrier(2);
        var (granted, cancelled) = (0, 0);
        Pending holder = null!;
        Pending request = null!;
        var source = new CancellationTokenSource();

        void Meet() => Assert.True(barrier.SignalAndWait(Eventually.Watchdog), "The other thread never came.");
        void Release()
        {
            for (var i = 0; i < Rounds; i++)
            {
                Meet();
                holder.Release();
                Meet();
            }
        }

        void Cancel()
        {
            for (var i = 0; i < Rounds; i++)
            {
                holder = Pending.Of(client);
                request = Pending.Of(client, token: source.Token);
                Meet();
                source.Cancel();
                Meet();
                if (request.IsCancelled)
                {
                    cancelled++;
                    Assert.Throws<OperationCanceledException>(() => request.Lease);
                }
                else
                {
                    granted++;
                    request.Release();
                }

                source.Dispose();
                source = new CancellationTokenSource();
                Assert.Equal((0, 0), (client.InFlight, client.Waiting));
            }
        }

        await Task.WhenAll(OnThread(Release), OnThread(Cancel)).Within();

        Assert.Equal(Rounds, granted + cancelled);
        source.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Cancel_RacingWithGrantsOnPooledWaiters_LosesNothing()
    {
        const int Threads = 4;
        const int Rounds = 60_000;
        using var balancer = new WeightedBalancer(2);
        var clients = new[] { balancer.Register("a"), balancer.Register("b", 3), balancer.Register("c") };
        var (granted, cancelled, most) = (0, 0, 0);

        async Task Call(int caller)
        {
            await Task.Yield();
            var source = new CancellationTokenSource();
            for (var i = 0; i < Rounds; i++)
            {
                var request = clients[(caller + i) % 3].AcquireAsync(1 + (i & 1), source.Token);
                if (i % 3 == caller % 3)
                {
                    source.Cancel();
                }

                try
                {
                    using var lease = await request;
                    InterlockedMax(ref most, balancer.Engine.Ledger.Read().InFlight);
                    Interlocked.Increment(ref granted);
                }
                catch (OperationCanceledException exception)
                {
                    Assert.Equal(source.Token, exception.CancellationToken);
                    Interlocked.Increment(ref cancelled);
                }

                if (source.IsCancellationRequested)
                {
                    source.Dispose();
                    source = new CancellationTokenSource();
                }
            }

            source.Dispose();
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(Call)).Within();

        Assert.Equal(Threads * Rounds, granted + cancelled);
        Assert.InRange(most, 1, 2);
        Integrity.Check(balancer);
    }

    private static Task OnThread(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = Volatile.Read(ref place); value > seen;)
        {
            var found = Interlocked.CompareExchange(ref place, value, seen);
            seen = found == seen ? value : found;
        }
    }
}
