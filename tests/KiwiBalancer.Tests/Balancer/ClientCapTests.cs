using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>MaxInFlight: a client's own cap, whatever its share.</summary>
public sealed class ClientCapTests
{
    private static IClientHandle Capped(WeightedBalancer balancer, int cap) => balancer.Register(new BalancerClientOptions { Name = "capped", MaxInFlight = cap });

    [Fact]
    public void Acquire_AboveTheCap_WaitsInsideTheClientAndLeavesTheGateOpen()
    {
        using var balancer = new WeightedBalancer(10);
        var (capped, free) = (Capped(balancer, 2), balancer.Register("free"));
        var requests = Pending.Many(capped, 20);

        Assert.Equal((2, 18), (capped.InFlight, capped.Waiting));
        Assert.False(balancer.Engine.Ledger.Read().IsGated);
        Assert.False(capped.TryAcquire(out _));
        for (var i = 0; i < 100; i++)
        {
            Assert.True(free.TryAcquire(8, out var lease));
            lease.Dispose();
            Assert.False(balancer.Engine.Ledger.Read().IsGated);
        }

        foreach (var request in requests)
        {
            Assert.InRange(capped.InFlight, 1, 2);
            request.Release();
        }

        Integrity.Check(balancer);
    }

    [Fact]
    public void Raise_CapOfAClientThatWaits_GrantsAtOnce()
    {
        using var balancer = new WeightedBalancer(10);
        var capped = Capped(balancer, 2);
        var requests = Pending.Many(capped, 8);

        capped.Reconfigure(new BalancerClientOptions { MaxInFlight = 5 });
        Assert.Equal((5, 3), (capped.InFlight, capped.Waiting));
        capped.Reconfigure(new BalancerClientOptions());

        Assert.Equal((8, 0), (capped.InFlight, capped.Waiting));
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Lower_CapBelowInFlight_DrainsAndThenHolds()
    {
        using var balancer = new WeightedBalancer(10);
        var capped = Capped(balancer, 4);
        var requests = Pending.Many(capped, 10);

        capped.Reconfigure(new BalancerClientOptions { MaxInFlight = 1 });
        for (var i = 0; i < 3; i++)
        {
            requests[i].Release();
            Assert.Equal((3 - i, 6), (capped.InFlight, capped.Waiting));
        }

        requests[3].Release();
        Assert.Equal((1, 5), (capped.InFlight, capped.Waiting));
        Pending.Finish(requests[4..]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_CostsAboveOne_AreCountedAgainstTheCapInSlots()
    {
        using var balancer = new WeightedBalancer(10);
        var (capped, free) = (Capped(balancer, 5), balancer.Register("free"));
        var twos = Pending.Many(capped, 4, cost: 2);
        var one = Pending.Of(capped);

        // In order: the narrow one does not pass its own client's wider ones.
        Assert.Equal([true, true, false, false], twos.Select(request => request.IsHeld));
        Assert.False(one.IsAnswered);
        Assert.True(free.TryAcquire(6, out var lease));
        lease.Dispose();

        twos[0].Release();
        Assert.Equal([true, true, false], twos[1..].Select(request => request.IsHeld));
        Pending.Finish([.. twos[1..], one]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Granting_CappedClientOfGreatWeight_LeavesTheRestToTheOthers()
    {
        using var balancer = new WeightedBalancer(10) { Limit = 0 };
        var (capped, free) = (Capped(balancer, 2), balancer.Register("free"));
        capped.Weight = 1_000;
        var requests = Pending.Many(capped, 10).Concat(Pending.Many(free, 10)).ToArray();

        balancer.Limit = 10;

        Assert.Equal((2, 8), (capped.InFlight, free.InFlight));
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Acquire_CappedBesideOthersOnTheFastPath_NeverExceedsItsCap()
    {
        using var balancer = new WeightedBalancer(8);
        var (capped, free) = (Capped(balancer, 2), balancer.Register("free"));
        var (running, most) = (0, 0);
        var callers = Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                var isCapped = caller < 4;
                var lease = await (isCapped ? capped : free).AcquireAsync();
                if (isCapped)
                {
                    most = Math.Max(most, Interlocked.Increment(ref running));
                    Interlocked.Decrement(ref running);
                }

                lease.Dispose();
            }
        }));

        await Task.WhenAll(callers).Within();

        Assert.InRange(most, 1, 2);
        Integrity.Check(balancer);
    }
}
