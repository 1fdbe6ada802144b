using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A client registered at the instant of the disposal could be found and used by another thread before it was closed again, and the disposal did not wait for that request.</summary>
public sealed class UsedWhileBeingRegisteredAtShutdownTests
{
    [Fact]
    public void DisposeAsync_WhileOthersRegisterAndUse_WaitsForEverySlot()
    {
        WeightedBalancer balancer = null!;
        SlotLease lease = default;
        Task disposal = Task.CompletedTask;
        var isRegistered = false;

        Race.Run(
            3_000,
            _ => (balancer, lease, isRegistered) = (new WeightedBalancer(1), default, false),
            _ =>
            {
                Assert.False(lease.IsHeld && disposal.IsCompleted, "The disposal did not wait for a slot.");
                lease.Dispose();
                Eventually.True(() => disposal.IsCompleted, "the disposal ends");
                Integrity.Check(balancer);
            },
            _ => disposal = balancer.DisposeAsync().AsTask(),
            _ =>
            {
                Refusable(() => balancer.Register("late"));
                Volatile.Write(ref isRegistered, true);
            },
            _ =>
            {
                while (!lease.IsHeld && !Volatile.Read(ref isRegistered))
                {
                    Refusable(() => balancer.TryGetClient("late", out var client) && client.TryAcquire(out lease));
                    Thread.Yield();
                }
            });
    }

    private static void Refusable<T>(Func<T> call)
    {
        try
        {
            call();
        }
        catch (ObjectDisposedException)
        {
            // The disposal came first.
        }
    }
}
