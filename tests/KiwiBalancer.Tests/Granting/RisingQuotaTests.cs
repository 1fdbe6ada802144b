using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Who belongs into the quota line because the level has risen.</summary>
public sealed class RisingQuotaTests
{
    private readonly WaterLevel _level = new();
    private readonly RisingQuota _rising;

    public RisingQuotaTests()
    {
        _rising = new RisingQuota(_level);
        _rising.Install(new PolicyRoom(8).Rising);
        _level.Count(Claims.Of(Role.Contender, 0), 1);
    }

    [Fact]
    public void Find_LevelRises_GivesWhoFitsBelowItNow()
    {
        var (one, two) = (Watched(1), Watched(2));
        SetLevel(1);
        Assert.Null(_rising.Find());

        SetLevel(2);
        Assert.Same(one, _rising.Find());
        Assert.Same(one, _rising.Find());
        one.Line = Line.Quota;
        Assert.Null(_rising.Find());
        Assert.Equal(-1, one.RiseIndex);
        SetLevel(3);
        Assert.Same(two, _rising.Find());
    }

    [Fact]
    public void Find_WidestIsThree_AsksForRoomForIt()
    {
        _level.Widest = 3;
        var claim = Watched(1);
        SetLevel(3);
        Assert.Null(_rising.Find());

        SetLevel(4);

        Assert.Same(claim, _rising.Find());
    }

    [Fact]
    public void Find_WeightThree_GoesByPartsOfTheWeight()
    {
        // (1 + 1)/3 is no binary fraction: the border itself must be met.
        var claim = Watched(1, weight: 3);
        var other = Claims.Of(Role.Contender, 0, weight: 2);
        _level.Count(other, 1);
        SetLevel(1);
        Assert.Null(_rising.Find());

        SetLevel(2);

        Assert.Same(claim, _rising.Find());
    }

    [Fact]
    public void Find_WidestIsThree_IsNotMisledByALightOneThatHoldsLess()
    {
        // (1 + 3)/1 and (3 + 3)/10.
        _level.Widest = 3;
        var (_, heavy) = (Watched(1), Watched(3, weight: 10));

        SetLevel(1);

        Assert.Same(heavy, _rising.Find());
    }

    [Fact]
    public void Find_HoldsMoreByNow_LooksFurther()
    {
        var (first, second) = (Watched(0), Watched(1));
        first.CountedInFlight = 4;
        SetLevel(2);

        Assert.Same(second, _rising.Find());
        Assert.Equal(1, first.RiseIndex);
        SetLevel(5);
        second.Line = Line.None;
        Assert.Same(first, _rising.Find());
    }

    [Fact]
    public void Find_StuckOne_IsNotRaised()
    {
        var claim = Watched(1);
        claim.Role = Role.Stuck;
        SetLevel(9);

        Assert.Null(_rising.Find());
    }

    [Fact]
    public void Watch_HoldsLessByNow_ComesSooner()
    {
        var (first, second) = (Watched(2), Watched(3));
        second.CountedInFlight = 0;

        _rising.Watch(second);
        SetLevel(1);

        Assert.Same(second, _rising.Find());
        Assert.Equal(1, first.RiseIndex);
    }

    [Fact]
    public void Forget_Watched_IsNotFound()
    {
        var (claim, stranger) = (Watched(1), Claims.Of(Role.Contender, 1));
        SetLevel(9);

        _rising.Forget(stranger);
        Assert.Same(claim, _rising.Find());
        _rising.Forget(claim);

        Assert.Null(_rising.Find());
    }

    [Fact]
    public void Clear_SomeWatched_FindsNone()
    {
        Watched(1);
        SetLevel(9);

        _rising.Clear();

        Assert.Null(_rising.Find());
    }

    private void SetLevel(int slots) => _level.SetFree(slots, 0);

    private WeightedClaim Watched(int held, int weight = 1)
    {
        var claim = Claims.Of(Role.Contender, held, weight);
        claim.Line = Line.Owed;
        _rising.Watch(claim);
        return claim;
    }
}
