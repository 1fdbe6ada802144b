using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A client registered at the instant of the disposal could be found and used by another thread before it was closed again, and the disposal did not wait for that request.</summary>
public sealed class UsedWhileBeingRegisteredAtShutdownTests
{
    [Fact]
    public async Task DisposeAsync_WhileOthersRegisterAndUse_WaitsForEverySlot()
    {
        const int Rounds = 4_000;
        for (var i = 0; i < Rounds; i++)
        {
            var balancer = new WeightedBalancer(1);
            using var start = new Barrier(3);
            var registering = Task.Run(() =>
            {
                start.SignalAndWait(Eventually.Watchdog);
                try
                {
                    balancer.Register("late");
                }
                catch (ObjectDisposedException)
                {
                    // The disposal came first.
                }
            });
            var use = Task.Run(() =>
            {
                start.SignalAndWait(Eventually.Watchdog);
                while (!registering.IsCompleted)
                {
                    try
                    {
                        if (balancer.TryGetClient("late", out var client) && client.TryAcquire(out var lease))
                        {
                            return lease;
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                        // Closed since it was found.
                    }
                }

                return default;
            });
            start.SignalAndWait(Eventually.Watchdog);
            var disposal = balancer.DisposeAsync().AsTask();
            await registering.Within();

            var lease = await use.Within();
            Assert.False(lease.IsHeld && disposal.IsCompleted, "The disposal did not wait for a slot.");
            lease.Dispose();
            await disposal.Within();
            Integrity.Check(balancer);
        }
    }
}
