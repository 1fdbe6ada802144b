using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>
/// When a wide client went, everybody's quota rose at once. The first of the owed was moved to the line of those below their quota, which had been looked at already: nobody was next, and the slot stayed idle until something else happened.
/// </summary>
public sealed class WideClaimGoneLeavesASlotIdleTests
{
    [Fact]
    public void Release_OfTheOnlyWideRequestAfterTheLimitFell_GrantsTheNextAtOnce()
    {
        using var balancer = new WeightedBalancer(2);
        var held = Pending.Of(balancer.Register("a"));
        var wide = Pending.Of(balancer.Register("wide"), cost: 2);
        var narrow = Pending.Of(balancer.Register("narrow"));
        held.Release();
        Assert.True(wide.IsHeld);
        balancer.Limit = 1;

        wide.Release();

        Assert.True(narrow.IsHeld);
        narrow.Release();
        Integrity.Check(balancer);
    }
}
