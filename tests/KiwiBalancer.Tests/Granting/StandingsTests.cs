using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Roles and accounts in numbers.</summary>
public sealed class StandingsTests
{
    private readonly WaterLevel _level = new();
    private readonly FluidClock _clock;
    private readonly MeanDuration _duration = new();
    private readonly Lines _lines = new();
    private readonly Standings _standings;

    public StandingsTests()
    {
        _clock = new FluidClock(_level);
        _standings = new Standings(_level, _clock, _duration, _lines);
        var room = new PolicyRoom(8);
        _lines.Install(room.Lines);
        _standings.Install(room);
        _clock.Begin(0);
        _standings.Begin();

        // The slice is 1.
        _duration.Observe(2, 10, 10);
        Assert.Equal(1, _duration.Slice);
    }

    [Theory]
    [InlineData(100, 1, 20)]
    [InlineData(4, 3, 4 + (3 * 3 / 2.0))]
    [InlineData(4, 0, 4 + (3 * 1 / 2.0))]
    public void Recount_Newcomer_StandsThreeRoundsBehindTheFirstOfTheOwedAtMost(double firstDeadline, int headCost, double expected)
    {
        var (resident, newcomer) = (Resident(2), New(wanted: 100, headCost, weight: 2));
        _clock.Tick(10);
        Assert.Equal(20, _clock.Time);
        _lines.File(resident, Line.Owed, firstDeadline);

        _standings.Recount(newcomer);

        Assert.Equal(expected, newcomer.Used);
    }

    [Fact]
    public void Recount_NobodyOwed_StandsAtTheTimeOfAll()
    {
        var (_, newcomer) = (Resident(2), New(wanted: 100));
        _clock.Tick(10);

        _standings.Recount(newcomer);

        Assert.Equal(20, newcomer.Used);
    }

    [Fact]
    public void Recount_SatisfiedBefore_KeepsItsDebtAndNoCredit()
    {
        var (_, modest) = (Resident(2), New(wanted: 1));
        _level.SetFree(10, 0);
        _standings.Recount(modest);
        Assert.Equal(Role.Satisfied, modest.Role);
        modest.Used = 50;
        _clock.Tick(10);
        _standings.Recount(modest);
        Assert.Equal(50, modest.Used);

        modest.Used = 3;
        _standings.Recount(modest);

        Assert.Equal(_clock.Time, modest.Used);
    }

    [Theory]
    [InlineData(10, 100, 0, 50)]
    [InlineData(40, 100, 0, 80)]
    [InlineData(10, 15, 0, 15)]
    [InlineData(10, 100, -100, 100)]
    [InlineData(10, 100, -60, 80)]
    [InlineData(10, -100, 0, -50)]
    [InlineData(40, -100, 0, -80)]
    [InlineData(10, -15, 0, -15)]
    [InlineData(10, -100, 100, -100)]
    [InlineData(10, 100, -150, 100)]
    [InlineData(10, -100, 150, -100)]
    public void Recount_Served_GivesUpItsPartOfWhatIsNotBacked(int limit, double credit, double othersCredit, double kept)
    {
        // Four rounds of a part of half the limit are kept in any case; of what lacks a counterpart beyond that, half is this client's.
        var (claim, other) = (Resident(2, weight: 2), Resident(2, weight: 2));
        _level.SetFree(limit, 4);
        Owe(claim, credit);
        Owe(other, othersCredit);
        Assert.Equal(credit + othersCredit, _clock.Balance, 9);

        claim.InFlight--;
        _level.SetFree(limit, 3);
        _standings.Recount(claim);

        Assert.Equal(kept, (_clock.Time - claim.Used) * 2, 9);
        Assert.Equal(kept + othersCredit, _clock.Balance, 9);
    }

    [Fact]
    public void Recount_WideHeadServed_KeepsFourRoundsOfItsWidth()
    {
        var (claim, _) = (Resident(2, weight: 2), Resident(2, weight: 2));
        _level.SetFree(4, 4);
        Owe(claim, 100);

        (claim.InFlight, claim.HeadCost) = (1, 20);
        _standings.Recount(claim);

        Assert.Equal(80, (_clock.Time - claim.Used) * 2, 9);
    }

    [Fact]
    public void Recount_ArrivalOnly_GivesUpNothing()
    {
        var claim = Resident(2);
        Owe(claim, 100);

        claim.Wanted++;
        _standings.Recount(claim);

        Assert.Equal(100, _clock.Time - claim.Used, 9);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void Recount_NewWeight_IsOwedTheSame(int weight)
    {
        var claim = Resident(2, weight: 2);
        _clock.Tick(10);
        Owe(claim, 12);

        claim.Weight = weight;
        _standings.Recount(claim);

        Assert.Equal(12, (_clock.Time - claim.Used) * weight, 9);
        Assert.Equal((weight, 1.0 / weight), (claim.CountedWeight, claim.PerWeight));
        Assert.Equal(weight, _level.CompetingWeight);
    }

    [Fact]
    public void Review_LevelFell_IsAContenderFromNowOn()
    {
        var modest = New(wanted: 3);
        _level.SetFree(10, 0);
        _standings.Recount(modest);
        modest.Used = 0;
        Resident(0);
        _clock.Tick(5);
        _standings.Review(modest);
        Assert.Equal(Role.Satisfied, modest.Role);

        _level.SetFree(2, 0);
        _standings.Review(modest);

        Assert.Equal((Role.Contender, 2L), (modest.Role, _level.CompetingWeight));
        Assert.Equal(_clock.Time, modest.Used);
    }

    [Fact]
    public void Review_LevelFellLater_HoldsItsSlotsAsAContenderFromThatTimeOn()
    {
        var (modest, _) = (New(wanted: 1), Resident(2));
        modest.InFlight = 3;
        _level.SetFree(10, 5);
        _standings.Recount(modest);
        Assert.Equal((Role.Satisfied, -1), (modest.Role, modest.HoldIndex));
        _clock.Tick(5);
        Assert.Equal(10, _clock.Time);

        _level.SetFree(5, 5);
        _standings.Review(modest);

        // Counted among those that may hold too much, or it would never be found stuck; and among those whose service moves the time.
        Assert.Equal((Role.Contender, 15.0), (modest.Role, modest.Used));
        Assert.NotEqual(-1, modest.HoldIndex);
        _clock.Tick(6);
        Assert.Equal(12.5, _clock.Time);
    }

    [Fact]
    public void Review_LevelFellAndTimeRan_GivesNoCredit()
    {
        var (modest, _) = (New(wanted: 3), Resident(2));
        _level.SetFree(10, 2);
        _standings.Recount(modest);
        Assert.Equal(Role.Satisfied, modest.Role);
        _clock.Tick(5);

        _level.SetFree(3, 2);
        _standings.Review(modest);

        Assert.Equal((Role.Contender, 10.0), (modest.Role, modest.Used));
    }

    [Fact]
    public void Recount_WidestCostFell_FindsWhoHoldsTooMuchNow()
    {
        var (holder, wide) = (Resident(5), Resident(0));
        wide.MaxCost = 5;
        _level.SetFree(8, 5);
        _standings.Recount(wide);
        Assert.Equal((5, Role.Contender), (_level.Widest, holder.Role));

        wide.MaxCost = 1;
        _standings.Recount(wide);

        Assert.Equal((1, Role.Stuck), (_level.Widest, holder.Role));
    }

    [Fact]
    public void Recount_OwedOneGoes_TakesItsAccountAlong()
    {
        var (claim, _) = (Resident(0), Resident(0));
        Owe(claim, 12);
        Assert.Equal(12, _clock.Balance, 9);

        (claim.Wanted, claim.HeadCost) = (0, 0);
        _standings.Recount(claim);

        Assert.Equal((Role.None, 0.0), (claim.Role, _clock.Balance));
    }

    [Fact]
    public void Begin_AfterWideOnes_KnowsNeitherTheirWidthNorTheirPlaces()
    {
        var (wide, claim) = (Resident(2), Resident(3));
        wide.MaxCost = 4;
        _standings.Recount(wide);
        Assert.Equal(4, _level.Widest);

        _standings.Begin();
        _clock.Begin(100);
        _standings.Recount(claim);

        Assert.Equal((1, 0), (_level.Widest, claim.HoldIndex));
    }

    [Fact]
    public void Settle_LimitFell_FindsWhoHoldsTooMuch()
    {
        var (holder, _) = (Resident(5), Resident(0));
        _level.SetFree(12, 5);
        _standings.Settle();
        Assert.Equal(Role.Contender, holder.Role);

        _level.SetFree(7, 5);
        _standings.Settle();

        Assert.Equal(Role.Stuck, holder.Role);
    }

    [Fact]
    public void Recount_LongSlice_KeepsFourRoundsOfIt()
    {
        for (var i = 0; i < 20; i++)
        {
            _duration.Observe(40, 10, 100);
        }

        var slice = _duration.Slice;
        Assert.InRange(slice, 3, 5);
        var (claim, _) = (Resident(2, weight: 2), Resident(2, weight: 2));
        _level.SetFree(10, 4);
        Owe(claim, 1000);

        claim.InFlight--;
        _level.SetFree(10, 3);
        _standings.Recount(claim);

        // Half of what has no counterpart, since four rounds of five slots are less.
        Assert.Equal(500, (_clock.Time - claim.Used) * 2, 6);
        Owe(claim, 4 * 5 * slice * 1.5);
        claim.InFlight--;
        _level.SetFree(10, 2);
        _standings.Recount(claim);

        Assert.Equal(4 * 5 * slice, (_clock.Time - claim.Used) * 2, 6);
    }

    [Fact]
    public void Begin_Again_KnowsNobody()
    {
        var claim = Resident(2);
        (claim.Used, claim.Bypassed, claim.Order) = (5, 3, 7);
        Assert.True(_standings.IsKnown(claim));

        _standings.Begin();
        Assert.False(_standings.IsKnown(claim));
        Assert.Equal(0, _level.CompetingWeight);
        _clock.Begin(100);
        _clock.Tick(101);
        claim.Line = Line.Owed;
        _standings.Recount(claim);

        // It is charged from the start of the episode for what it holds.
        Assert.Equal((2.0, 0, 0L, Line.None), (claim.Used, claim.Bypassed, claim.Order, claim.Line));
    }

    private static WeightedClaim New(long wanted, int headCost = 1, int weight = 1) => new() { Weight = weight, Wanted = wanted, HeadCost = headCost };

    private WeightedClaim Resident(int inFlight, int weight = 1)
    {
        var claim = New(1000, weight: weight);
        claim.InFlight = inFlight;
        _standings.Recount(claim);
        Assert.Equal(Role.Contender, claim.Role);
        return claim;
    }

    private void Owe(WeightedClaim claim, double credit)
    {
        _clock.Charge(claim);
        _clock.Count(claim, -1);
        claim.Used = _clock.Time - (credit / claim.Weight);
        _clock.Count(claim, 1);
    }
}
