using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A forced shutdown went from client to client: what the first gave up was granted to requests of the next, which were cancelled a moment later.</summary>
public sealed class ForcedShutdownStartsRequestsTests
{
    [Fact]
    public void Dispose_AWideWaiterGivesUpItsReservedSlot_NobodyIsGrantedIt()
    {
        var balancer = new RoundRobinBalancer(2);
        var held = Pending.Of(balancer.Register("running"));
        var wide = Pending.Of(balancer.Register("wide"), cost: 2);
        var narrow = Enumerable.Range(0, 8).Select(i => Pending.Of(balancer.Register($"narrow-{i}"))).ToArray();

        balancer.Dispose();

        Assert.Equal(RejectionReason.BalancerClosed, wide.Reason);
        Assert.All(narrow, request => Assert.Equal(RejectionReason.BalancerClosed, request.Reason));
        held.Release();
        Integrity.Check(balancer);
    }
}
