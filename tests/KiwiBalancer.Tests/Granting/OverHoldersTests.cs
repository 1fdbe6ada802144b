using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>The border between contenders and the stuck, slot by slot.</summary>
public sealed class OverHoldersTests
{
    private readonly WaterLevel _level = new();
    private readonly OverHolders _overHolders;

    public OverHoldersTests()
    {
        _overHolders = new OverHolders(_level);
        var room = new PolicyRoom(200);
        _overHolders.Install(room.Contenders, room.Stuck);
    }

    [Theory]
    [InlineData(5, 1, true)]
    [InlineData(4, 1, false)]
    [InlineData(6, 2, true)]
    [InlineData(5, 2, false)]
    public void Settle_ContenderBesideOneThatHoldsNothing_IsStuckWhenItIsOverByTheWidest(int held, int widest, bool isStuck)
    {
        // Eight slots for two: the part is four.
        _level.Widest = widest;
        var (holder, other) = (Claims.Of(Role.Contender, held), Claims.Of(Role.Contender, 0));
        Enter(8, holder, other);

        _overHolders.Settle();

        Assert.Equal(isStuck ? Role.Stuck : Role.Contender, holder.Role);
        Assert.Equal((Role.Contender, 8 - (isStuck ? held : 0), 2L, (long)held), (other.Role, _level.Pool, _level.CompetingWeight, _level.CompetingHeld));
    }

    [Fact]
    public void Settle_StuckOneGivesSlotsBack_CountsAgainBelowTheBorder()
    {
        var (holder, other) = (Claims.Of(Role.Contender, 7), Claims.Of(Role.Contender, 0));
        Enter(8, holder, other);
        _overHolders.Settle();
        Assert.Equal(Role.Stuck, holder.Role);

        Hold(holder, 5, limit: 8, inFlight: 5);
        _overHolders.Settle();
        Assert.Equal(Role.Stuck, holder.Role);
        Hold(holder, 4, limit: 8, inFlight: 4);
        _overHolders.Settle();

        Assert.Equal(Role.Contender, holder.Role);
        Assert.Equal(8, _level.Pool);
    }

    [Fact]
    public void Settle_OneStuckPutsTheNextAboveTheLevel_FollowsTheChain()
    {
        // Of 20 slots the first holds 12: without it the part of three is 8/3, and the second's 5 are over it by one; then the third's part is 3/2.
        var claims = new[] { Claims.Of(Role.Contender, 12), Claims.Of(Role.Contender, 5), Claims.Of(Role.Contender, 1), Claims.Of(Role.Contender, 0) };
        Enter(20, claims);

        _overHolders.Settle();

        Assert.Equal([Role.Stuck, Role.Stuck, Role.Contender, Role.Contender], claims.Select(claim => claim.Role));
        Assert.Equal(3, _level.Pool);
    }

    [Fact]
    public void Settle_LimitRises_FreesThemFromTheLeastOnward()
    {
        var claims = new[] { Claims.Of(Role.Contender, 12), Claims.Of(Role.Contender, 5), Claims.Of(Role.Contender, 1), Claims.Of(Role.Contender, 0) };
        Enter(20, claims);
        _overHolders.Settle();

        _level.SetFree(26, 18);
        _overHolders.Settle();
        Assert.Equal([Role.Stuck, Role.Contender, Role.Contender, Role.Contender], claims.Select(claim => claim.Role));
        _level.SetFree(46, 18);
        _overHolders.Settle();

        Assert.All(claims, claim => Assert.Equal(Role.Contender, claim.Role));
        Assert.Equal(46, _level.Pool);
    }

    [Fact]
    public void Settle_LimitRisesForAllOfThem_FreesThemAtOnce()
    {
        var claims = new[] { Claims.Of(Role.Contender, 12), Claims.Of(Role.Contender, 5), Claims.Of(Role.Contender, 1), Claims.Of(Role.Contender, 0) };
        Enter(20, claims);
        _overHolders.Settle();
        Assert.Equal([Role.Stuck, Role.Stuck, Role.Contender, Role.Contender], claims.Select(claim => claim.Role));

        _level.SetFree(46, 18);
        _overHolders.Settle();

        Assert.All(claims, claim => Assert.Equal(Role.Contender, claim.Role));
    }

    [Fact]
    public void Settle_ContenderThatHeldMoreIsOverAfterTheLevelFell_IsFoundUntouched()
    {
        var holder = Claims.Of(Role.Contender, 6);
        Enter(14, holder, Claims.Of(Role.Contender, 0), Claims.Of(Role.Contender, 0), Claims.Of(Role.Contender, 0));
        Hold(holder, 3, limit: 14, inFlight: 3);
        _overHolders.Settle();
        Assert.Equal(Role.Contender, holder.Role);

        _level.SetFree(6, 3);
        _overHolders.Settle();

        Assert.Equal(Role.Stuck, holder.Role);
    }

    [Fact]
    public void Settle_ContenderWithinRoundingOfTheBorder_DoesNotKeepTheStuckWaiting()
    {
        // 1,999,999 / 1,000,000 is less than 2,000,001 / 1,000,001 by half of 1e-12: over the border as keys are rounded, below it exactly.
        var (near, light, stuck) = (Claims.Of(Role.Contender, 2_000_000, weight: 1_000_000), Claims.Of(Role.Contender, 0), Claims.Of(Role.Stuck, 2));
        Enter(2_000_003, near, light, stuck);

        _overHolders.Settle();

        Assert.Equal((Role.Contender, Role.Contender), (near.Role, stuck.Role));
    }

    [Fact]
    public void Rebuild_WidestCostRises_FreesWhoIsNearestNow()
    {
        // By (n - C)/w the second comes first while C is 1 (9 and 7), and the first when it is 8 (2 and 4.7).
        var (first, second) = (Claims.Of(Role.Stuck, 10), Claims.Of(Role.Stuck, 22, weight: 3));
        Enter(37, first, second, Claims.Of(Role.Contender, 0, weight: 4));
        _overHolders.Settle();
        Assert.Equal((Role.Stuck, Role.Stuck), (first.Role, second.Role));

        _level.Widest = 8;
        _overHolders.Rebuild();
        _overHolders.Settle();

        Assert.Equal((Role.Contender, Role.Stuck), (first.Role, second.Role));
    }

    [Fact]
    public void Settle_HundredToBeMoved_MovesSixtyFourAtATime()
    {
        var claims = Enumerable.Range(0, 100).Select(_ => Claims.Of(Role.Contender, 3)).ToArray();
        var other = Claims.Of(Role.Contender, 0, weight: 1000);
        Enter(300, [.. claims, other]);

        _overHolders.Settle();
        Assert.Equal(64, claims.Count(claim => claim.Role == Role.Stuck));
        _overHolders.Settle();

        Assert.Equal(100, claims.Count(claim => claim.Role == Role.Stuck));
    }

    [Fact]
    public void Place_LeavesItsRole_IsNowhere()
    {
        var (stuck, contender) = (Claims.Of(Role.Stuck, 7), Claims.Of(Role.Contender, 2));
        Enter(8, stuck, contender);
        Assert.Equal((0, 0), (stuck.HoldIndex, contender.HoldIndex));

        Leave(stuck);
        Leave(contender);

        Assert.Equal((-1, -1), (stuck.HoldIndex, contender.HoldIndex));
        Assert.Equal(0, _level.CompetingWeight);
        _overHolders.Settle();
    }

    [Theory]
    [InlineData(1, 1, 0, false)]
    [InlineData(2, 1, 0, true)]
    [InlineData(3, 3, 0, false)]
    [InlineData(4, 1, 4, false)]
    [InlineData(5, 1, 4, true)]
    public void IsStuck_AboutTheBorder_IsOverByTheWidest(int held, int widest, int level, bool expected)
    {
        _level.Widest = widest;
        _level.Count(Claims.Of(Role.Contender, 0), 1);
        _level.SetFree(level, 0);

        Assert.Equal(expected, _overHolders.IsStuck(Claims.Of(Role.Contender, held)));
    }

    [Fact]
    public void Settle_ContenderHoldsMoreThanWhenPlaced_IsFound()
    {
        var (holder, other) = (Claims.Of(Role.Contender, 2), Claims.Of(Role.Contender, 0));
        Enter(8, holder, other);
        _overHolders.Settle();

        Hold(holder, 6, limit: 8, inFlight: 6);
        _overHolders.Settle();

        Assert.Equal(Role.Stuck, holder.Role);
    }

    [Fact]
    public void Settle_ContenderHoldsLessThanWhenPlaced_DoesNotHideTheNext()
    {
        // Fourteen slots for four: three and a half each.
        var (less, over) = (Claims.Of(Role.Contender, 6), Claims.Of(Role.Contender, 5));
        Enter(14, less, over, Claims.Of(Role.Contender, 0), Claims.Of(Role.Contender, 0));

        Hold(less, 3, limit: 14, inFlight: 8);
        _overHolders.Settle();

        Assert.Equal((Role.Contender, Role.Stuck), (less.Role, over.Role));
    }

    [Fact]
    public void Settle_ContenderHoldsOneByNow_CostsNothingAnyMore()
    {
        var claim = Claims.Of(Role.Contender, 2);
        Enter(8, claim, Claims.Of(Role.Contender, 0));
        Hold(claim, 1, limit: 0, inFlight: 1);

        _overHolders.Settle();

        Assert.Equal((Role.Contender, -1), (claim.Role, claim.HoldIndex));
    }

    [Fact]
    public void Settle_OneOfTheStuckGivesBack_IsFreedBeforeTheOthers()
    {
        var (first, second) = (Claims.Of(Role.Stuck, 7), Claims.Of(Role.Stuck, 8));
        Enter(4, first, second, Claims.Of(Role.Contender, 0));

        Hold(second, 1, limit: 12, inFlight: 8);
        _overHolders.Settle();

        Assert.Equal((Role.Stuck, Role.Contender), (first.Role, second.Role));
    }

    [Fact]
    public void Place_ContenderThatHoldsOneSlot_CostsNothing()
    {
        var (one, two) = (Claims.Of(Role.Contender, 1), Claims.Of(Role.Contender, 2));
        Enter(8, one, two);

        Assert.Equal((-1, 0), (one.HoldIndex, two.HoldIndex));
    }

    [Fact]
    public void Rebuild_WidestCostFalls_FindsWhoIsOverNow()
    {
        _level.Widest = 5;
        var claims = new[] { Claims.Of(Role.Contender, 7, weight: 3), Claims.Of(Role.Contender, 7), Claims.Of(Role.Contender, 0) };
        Enter(16, claims);
        _overHolders.Settle();
        Assert.All(claims, claim => Assert.Equal(Role.Contender, claim.Role));

        _level.Widest = 1;
        _overHolders.Rebuild();
        _overHolders.AssertInvariants();
        _overHolders.Settle();

        Assert.Equal([Role.Contender, Role.Stuck, Role.Contender], claims.Select(claim => claim.Role));
    }

    [Fact]
    public void Clear_SomeHeld_ForgetsThem()
    {
        Enter(8, Claims.Of(Role.Stuck, 7), Claims.Of(Role.Contender, 3));

        _overHolders.Clear();
        _level.Clear();
        var (first, second) = (Claims.Of(Role.Stuck, 7), Claims.Of(Role.Contender, 3));
        Enter(8, first, second);

        Assert.Equal((0, 0), (first.HoldIndex, second.HoldIndex));
    }

    private void Enter(int limit, params WeightedClaim[] claims)
    {
        _level.SetFree(limit, claims.Sum(claim => claim.CountedInFlight));
        foreach (var claim in claims)
        {
            _level.Count(claim, 1);
            _overHolders.Place(claim, Role.None);
        }
    }

    private void Hold(WeightedClaim claim, int held, int limit, int inFlight)
    {
        _level.Count(claim, -1);
        claim.CountedInFlight = held;
        _level.Count(claim, 1);
        _level.SetFree(limit, inFlight);
        _overHolders.Place(claim, claim.Role);
    }

    private void Leave(WeightedClaim claim)
    {
        var before = claim.Role;
        _level.Count(claim, -1);
        claim.Role = Role.None;
        _overHolders.Place(claim, before);
    }
}
