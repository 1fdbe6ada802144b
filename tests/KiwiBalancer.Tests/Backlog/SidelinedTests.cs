using System.Runtime.CompilerServices;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>Requests that stand aside while they are too wide, and the order in which everybody comes back after a pause.</summary>
public sealed class SidelinedTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(new KiwiBalancerOptions { Limit = 2, MaxCost = 8 });

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public void Limit_RaisedWhenAnotherStandsAsideForItsCap_BringsBackWhoFitsNow()
    {
        var (holding, capped, wide) = (_balancer.Register("holding"), _balancer.Register("capped"), _balancer.Register("wide"));
        var holder = Pending.Of(holding, 2);
        var aside = Pending.Of(capped, 2);
        capped.Reconfigure(new BalancerClientOptions { MaxInFlight = 1 });
        var waiter = Pending.Of(wide, 3);

        _balancer.Limit = 3;
        holder.Release();

        Assert.Equal((true, false), (waiter.IsHeld, aside.IsAnswered));
        waiter.Release();
        capped.Reconfigure(new BalancerClientOptions { MaxInFlight = 2 });
        Assert.True(aside.IsHeld);
        aside.Release();
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Limit_RaisedFromZero_GrantsInTheOrderOfArrival()
    {
        var (first, second) = (_balancer.Register("first"), _balancer.Register("second"));
        _balancer.Limit = 0;
        var requests = new[] { Pending.Of(first), Pending.Of(second), Pending.Of(second) };

        // Read before the rise: the second has the longer line then, but came later.
        _balancer.Engine.Loop.Run(_balancer.Engine.Loop.Now);
        _balancer.Limit = 1;

        Assert.Equal([true, false, false], requests.Select(request => request.IsAnswered));
        Pending.Finish(requests);
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Limit_RaisedFromZeroAgainWithFewerClients_VisitsThoseThatAreLeft()
    {
        var clients = new[] { _balancer.Register("a"), _balancer.Register("b"), _balancer.Register("c") };
        Pause(clients);
        clients[2].Dispose();

        Pause(clients[..2]);

        Integrity.Check(_balancer);
    }

    [Fact]
    public void Limit_RaisedFromZeroAndAClientGone_KeepsNothingOfItAlive()
    {
        var resident = _balancer.Register("resident");
        var gone = PauseAndGo();

        // What heaps have emptied at once they let go of while others come and go.
        for (var i = 0; i < 20 && gone.IsAlive; i++)
        {
            Pending.Finish(Pending.Many(resident, 6));
            GC.Collect();
        }

        Assert.False(gone.IsAlive, "The client that has gone is still reachable.");
        Integrity.Check(_balancer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference PauseAndGo()
    {
        var clients = new[] { _balancer.Register("a"), _balancer.Register("b"), _balancer.Register("c") };
        Pause(clients);
        Array.ForEach(clients, client => client.Dispose());
        return new WeakReference(clients[1]);
    }

    private void Pause(IClientHandle[] clients)
    {
        _balancer.Limit = 0;
        var requests = clients.Select(client => Pending.Of(client)).ToArray();
        _balancer.Limit = 2;
        Assert.Equal(2, requests.Count(request => request.IsHeld));
        Pending.Finish(requests);
    }
}
