using System.Runtime.CompilerServices;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>Notes read by the owner stayed linked to one another: a note of a client that lives kept those behind it, and through them clients that had gone, from the garbage collector.</summary>
public sealed class GoneClientIsKeptAliveTests
{
    [Fact]
    public void Dispose_ClientThatHadWaited_LeavesNothingOfItReachable()
    {
        using var balancer = new WeightedBalancer(1);
        var resident = balancer.Register("resident");
        var holder = Pending.Of(resident);
        var waiter = Pending.Of(resident);

        var gone = LetOneCallAndGo(balancer, resident);

        for (var i = 0; i < 20 && gone.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(gone.IsAlive, "The client that has gone is still reachable.");
        Pending.Finish(holder, waiter);
        Integrity.Check(balancer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LetOneCallAndGo(WeightedBalancer balancer, IClientHandle resident)
    {
        var client = balancer.Register("gone");
        using (new OwnerHold(balancer))
        {
            using var source = new CancellationTokenSource();
            _ = client.AcquireOrRejectAsync(1, source.Token);

            // One batch of notes: the resident's, then those of a client that leaves for good.
            resident.Weight++;
            source.Cancel();
            client.Dispose();
        }

        return new WeakReference(client);
    }
}
