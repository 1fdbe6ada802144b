using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

public sealed class WideClaimsTests
{
    [Fact]
    public void Widest_ClientsWidenNarrowAndGo_IsTheLargestOfThoseWithDemand()
    {
        var wide = new WideClaims();
        wide.Install(new PolicyRoom(4).Wide);
        var (a, b, idle) = (Claims.Of(Role.Contender, 1), Claims.Of(Role.Contender, 0, wanted: 1), Claims.Of(Role.None, 0));
        (a.MaxCost, b.MaxCost, idle.MaxCost) = (3, 5, 9);
        Assert.Equal(1, wide.Widest);

        Assert.Equal(3, Count(a));
        Assert.Equal(3, Count(idle));
        Assert.Equal(5, Count(b));
        b.MaxCost = 2;
        Assert.Equal(3, Count(b));
        b.MaxCost = 7;
        Assert.Equal(7, Count(b));
        b.CountedWanted = 0;
        Assert.Equal(3, Count(b));
        a.MaxCost = 1;
        Assert.Equal(1, Count(a));
        Assert.Equal((-1, -1, -1), (a.WidthIndex, b.WidthIndex, idle.WidthIndex));
        a.MaxCost = 4;
        Assert.Equal(4, Count(a));
        wide.Clear();
        Assert.Equal(1, wide.Widest);

        int Count(WeightedClaim claim)
        {
            wide.Count(claim);
            return wide.Widest;
        }
    }
}
