using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Virtual time and the accounts, in numbers.</summary>
public sealed class FluidClockTests
{
    [Fact]
    public void Tick_AfterSetRate_MovesByWhatThoseWhoCompeteAreServed()
    {
        var clock = new FluidClock(Claims.Level(10, 9, Claims.Of(Role.Contender, 3, weight: 2), Claims.Of(Role.Stuck, 6, weight: 4)));
        clock.Begin(10);

        Assert.Equal(2, clock.Tick(12));
        Assert.Equal(0, clock.Time);
        clock.SetRate();
        Assert.Equal(4, clock.Tick(16));

        Assert.Equal(4 * 9 / 6.0, clock.Time);
    }

    [Fact]
    public void Tick_ToTheSameOrAnEarlierInstant_ChangesNothing()
    {
        var clock = new FluidClock(Claims.Level(10, 3, Claims.Of(Role.Contender, 3, weight: 2)));
        clock.Begin(10);
        clock.SetRate();
        clock.Tick(12);

        Assert.Equal(0, clock.Tick(12));
        Assert.Equal(0, clock.Tick(11));
        Assert.Equal(3, clock.Time);
        Assert.Equal(1, clock.Tick(13));
        Assert.Equal(4.5, clock.Time);
    }

    [Fact]
    public void SetRate_NobodyCompetes_StandsStill()
    {
        var claim = Claims.Of(Role.Contender, 3);
        var level = Claims.Level(10, 3, claim);
        var clock = new FluidClock(level);
        clock.Begin(0);
        clock.SetRate();
        level.Count(claim, -1);

        clock.SetRate();
        clock.Tick(5);

        Assert.Equal(0, clock.Time);
    }

    [Fact]
    public void Begin_Again_StartsAtZeroAndAtRest()
    {
        var claim = Claims.Of(Role.Contender, 3);
        var clock = new FluidClock(Claims.Level(10, 3, claim));
        clock.Begin(0);
        clock.SetRate();
        clock.Tick(7);
        clock.Count(claim, 1);

        clock.Begin(20);
        clock.Tick(21);

        Assert.Equal((0.0, 0.0), (clock.Time, clock.Balance));
    }

    [Fact]
    public void Charge_SlotsHeldForAWhile_AreOnTheAccountByWeightOnce()
    {
        var claim = Claims.Of(Role.Contender, 3, weight: 2);
        var clock = new FluidClock(Claims.Level(10, 3, claim));
        clock.Begin(10);
        claim.Used = 50;
        clock.Open(claim);
        Assert.Equal((0.0, 10.0), (claim.Used, claim.SyncedAt));
        clock.Tick(14);

        clock.Charge(claim);
        clock.Charge(claim);

        Assert.Equal((4 * 3 / 2.0, 14.0), (claim.Used, claim.SyncedAt));
    }

    [Fact]
    public void Count_ThoseWhoCompete_AddsWhatTheyAreOwed()
    {
        var (owed, stuck, satisfied, none) = (Claims.Of(Role.Contender, 3, weight: 2), Claims.Of(Role.Stuck, 6, weight: 4), Claims.Of(Role.Satisfied, 1), Claims.Of(Role.None, 1));
        var clock = new FluidClock(Claims.Level(10, 9, owed, stuck));
        clock.Begin(0);
        clock.SetRate();
        clock.Tick(4);
        (owed.Used, stuck.Used, satisfied.Used, none.Used) = (1, 8, 3, 3);

        clock.Count(owed, 1);
        Assert.Equal((6 - 1) * 2, clock.Balance);
        clock.Count(stuck, 1);
        Assert.Equal(((6 - 1) * 2) + ((6 - 8) * 4), clock.Balance);
        clock.Count(satisfied, 1);
        clock.Count(none, 1);
        Assert.Equal(2, clock.Balance);
        clock.Count(stuck, -1);
        Assert.Equal(10, clock.Balance);
    }

    [Fact]
    public void Count_TheLastLeaves_BalancesToNothing()
    {
        var claim = Claims.Of(Role.Contender, 3);
        var level = Claims.Level(10, 3, claim);
        var clock = new FluidClock(level);
        clock.Begin(0);
        claim.Used = 5;
        clock.Count(claim, 1);
        Assert.Equal(-5, clock.Balance);
        level.Count(claim, -1);
        claim.Used = 7;

        clock.Count(claim, -1);

        Assert.Equal(0, clock.Balance);
    }
}
