using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>What the owner knows about a client that waits, and tells the policy.</summary>
public sealed class ClientBacklogTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(new KiwiBalancerOptions { Limit = 4, MaxCost = 8 });
    private readonly List<Pending> _requests = [];

    public void Dispose()
    {
        _balancer.Limit = 8;
        Pending.Finish(_requests);
        Integrity.Check(_balancer);
        _balancer.Dispose();
    }

    [Fact]
    public void Claim_SomeWait_WantsNoMoreThanItsClientMayHold()
    {
        var client = Register("a", cap: 5);
        Ask(client, 4, 1, 2, 2);

        var claim = Claim(client);

        Assert.Equal((4, 1, 1L, 5L, 2), (claim.InFlight, claim.HeadCost, claim.Wanted, claim.Waiting, claim.MaxCost));
        Assert.Equal((1L, 3L), (claim.HeadSequence, claim.TailSequence));
    }

    [Fact]
    public void Claim_HeadWiderThanTheRoomBelowTheCap_WantsNothing()
    {
        var client = Register("a", cap: 3);
        Ask(client, 2, 2);

        var claim = Claim(client);

        Assert.Equal((2, 0, 0L, 0L, 0L, 0L), (claim.InFlight, claim.HeadCost, claim.Wanted, claim.Waiting, claim.HeadSequence, claim.TailSequence));
        Assert.False(Backlog(client).HoldsGate);
    }

    [Fact]
    public void Claim_Granted_WantsWhatIsLeft()
    {
        var (client, other) = (Register("a"), Register("b"));
        var holder = Ask(other, 4)[0];
        Ask(client, 3, 2, 2);
        Assert.Equal((7L, 7L), (Claim(client).Waiting, Claim(client).Wanted));

        holder.Release();

        Assert.Equal((3, 4L, 4L), (Claim(client).InFlight, Claim(client).Waiting, Claim(client).Wanted));
    }

    [Fact]
    public void Claim_ClientHoldsAndWaitsForNothing_ForgetsItsWidestCost()
    {
        var (client, other) = (Register("a"), Register("b"));
        var holder = Ask(other, 4)[0];
        var wide = Ask(client, 3)[0];
        Assert.Equal(3, Claim(client).MaxCost);

        // While it is held, and nothing waits, it still counts.
        holder.Release();
        Assert.True(wide.IsHeld);
        Assert.Equal(3, Claim(client).MaxCost);
        Ask(other, 4);
        wide.Release();

        Assert.Equal(1, Claim(client).MaxCost);
        Ask(client, 2);
        Assert.Equal(2, Claim(client).MaxCost);
    }

    [Fact]
    public void Claim_ManyNarrowAfterAWideOne_ForgetsTheWideOne()
    {
        var client = Register("a");
        Ask(client, 4);
        Ask(client, [4, .. Enumerable.Repeat(1, 60)]);
        Assert.Equal(4, Claim(client).MaxCost);

        Pending.Finish(_requests[..^4]);

        Assert.Equal((1, 4), (Claim(client).MaxCost, client.InFlight));
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(1, 6)]
    public void Oldest_OneInLineAndOneAside_IsWhoCameFirst(int first, int second)
    {
        var (client, other) = (Register("a"), Register("b"));
        Ask(other, 4);

        Ask(client, first, second);

        Assert.Equal((first, 2, 1), (Backlog(client).Oldest!.Cost, Backlog(client).Count, Backlog(client).Queue.Count));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void HoldsGate_OneAside_IsWhenARiseOfTheLimitWouldBringItBack(int cap, bool expected)
    {
        // Limit 4, cost 6: with a cap of 4 no limit helps.
        var client = Register("a", cap);

        Ask(client, 6);

        Assert.Equal(expected, Backlog(client).HoldsGate);
        client.Reconfigure(new BalancerClientOptions { MaxInFlight = 8 });
    }

    private static ClientBacklog Backlog(IClientHandle client) => ((ClientHandle)client).Backlog!;

    private static Claim Claim(IClientHandle client) => Backlog(client).Claim;

    private IClientHandle Register(string name, int? cap = null) => _balancer.Register(new BalancerClientOptions { Name = name, MaxInFlight = cap });

    private Pending[] Ask(IClientHandle client, params int[] costs)
    {
        var requests = costs.Select(cost => Pending.Of(client, cost)).ToArray();
        _requests.AddRange(requests);

        // An arrival that can only wait is not read before something else happens.
        _balancer.Engine.Loop.Run(_balancer.Engine.Loop.Now);
        return requests;
    }
}
