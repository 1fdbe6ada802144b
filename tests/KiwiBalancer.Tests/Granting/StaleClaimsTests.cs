using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

public sealed class StaleClaimsTests
{
    [Fact]
    public void TryTake_AddedWhileOthersAreTaken_ComesLastAndOnce()
    {
        using var balancer = new WeightedBalancer(1);
        var backlogs = Enumerable.Range(0, 4).Select(i => new ClientBacklog((ClientHandle)balancer.Register($"{i}"), new WeightedPolicy().NewClaim())).ToArray();
        var stale = default(StaleClaims);
        Assert.True(stale.IsEmpty);
        foreach (var backlog in backlogs[..3])
        {
            stale.Add(backlog);
        }

        Assert.Same(backlogs[0], stale.TryTake());
        stale.Add(backlogs[3]);
        stale.Add(backlogs[1]);
        stale.Add(backlogs[0]);

        Assert.Equal([backlogs[1], backlogs[2], backlogs[3], backlogs[0], null], Enumerable.Range(0, 5).Select(_ => stale.TryTake()));
        Assert.True(stale.IsEmpty);
        stale.Add(backlogs[2]);
        Assert.Same(backlogs[2], stale.TryTake());
    }
}
