using System.Numerics;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>The sums of the level, role by role, and its tests at their very borders.</summary>
public sealed class WaterLevelTests
{
    private static readonly long[] Sizes = [0, 1, 2, 3, 1000, 1_000_003, (1L << 30) + 1, (1L << 31) - 1, 1L << 31, (1L << 31) + 1, (1L << 40) + 7, (1L << 50) - 1];

    [Fact]
    public void Count_OneOfEachRole_AddsItWhereItBelongs()
    {
        var level = Claims.Level(20, 12, Claims.Of(Role.Contender, 3, weight: 2), Claims.Of(Role.Contender, 1), Claims.Of(Role.Stuck, 6, weight: 10), Claims.Of(Role.Satisfied, 2, wanted: 1), Claims.Of(Role.None, 5, weight: 7, wanted: 9));

        Assert.Equal(8 + 4 - 1, level.Pool);
        Assert.Equal(11.0 / 3, level.Lambda);
        Assert.Equal((13, 10), (level.CompetingWeight, level.CompetingHeld));
    }

    [Theory]
    [InlineData(nameof(Role.Contender))]
    [InlineData(nameof(Role.Stuck))]
    [InlineData(nameof(Role.Satisfied))]
    public void Count_OutAgain_LeavesNothing(string role)
    {
        var claim = Claims.Of(Enum.Parse<Role>(role), 6, weight: 3, wanted: 2);
        var level = Claims.Level(20, 6, claim);

        level.Count(claim, -1);

        Assert.Equal((14, 0.0, 0, 0), (level.Pool, level.Lambda, level.CompetingWeight, level.CompetingHeld));
    }

    [Fact]
    public void Clear_AfterAll_KeepsWhatIsFreeOnly()
    {
        var level = Claims.Level(20, 12, Claims.Of(Role.Contender, 3, weight: 2), Claims.Of(Role.Stuck, 6, weight: 10), Claims.Of(Role.Satisfied, 2, wanted: 1));
        level.Widest = 4;

        level.Clear();

        Assert.Equal((8, 0.0, 0, 0, 1), (level.Pool, level.Lambda, level.CompetingWeight, level.CompetingHeld, level.Widest));
    }

    [Fact]
    public void Covers_AtTheLevel_IsExact()
    {
        // λ = 11/3.
        var level = Claims.Level(10, 2, Claims.Of(Role.Contender, 3, weight: 3));

        Assert.True(level.Covers(11, 3));
        Assert.False(level.Covers(12, 3));
        Assert.True(level.IsReachedBy(11, 3));
        Assert.False(level.IsReachedBy(10, 3));
        Assert.True(level.Covers(3, 1));
        Assert.False(level.Covers(4, 1));
        Assert.True(level.IsReachedBy(4, 1));
        Assert.False(level.IsReachedBy(3, 1));
    }

    [Fact]
    public void Lambda_OthersHoldMoreThanThereIs_IsNothing()
    {
        var level = Claims.Level(3, 20, Claims.Of(Role.Contender, 3, weight: 3));

        Assert.Equal((-14, 0.0), (level.Pool, level.Lambda));
        Assert.False(level.Covers(0, 1));
        Assert.True(level.IsReachedBy(0, 1));
    }

    [Theory]
    [InlineData(10, 2, 6, 1, 1)]
    [InlineData(10, 2, 5, 1, 1)]
    [InlineData(10, 2, 7, 1, 2)]
    [InlineData(10, 2, 6, 1, 2)]
    [InlineData(12, 0, 10, 3, 1)]
    [InlineData(12, 0, 9, 3, 1)]
    [InlineData(2, 0, 12, 4, 1)]
    [InlineData(2, 9, 2, 4, 1)]
    public void WouldFree_AboutTheBorder_GoesByThePartItWouldHaveInTheLevel(int limit, int heldByOther, int heldByStuck, int weight, int widest)
    {
        // Back in the level, with the other of weight 1, its part is by weight of all there is.
        var stuck = Claims.Of(Role.Stuck, heldByStuck, weight);
        var level = Claims.Level(limit, heldByOther + heldByStuck, Claims.Of(Role.Contender, heldByOther), stuck);
        level.Widest = widest;

        Assert.Equal((heldByStuck - widest) * (1 + weight) < limit * weight, level.WouldFree(stuck));
    }

    [Fact]
    public void WouldFree_StrangersHoldMoreThanTheLimit_NeverFrees()
    {
        var stuck = Claims.Of(Role.Stuck, 1);
        var level = Claims.Level(3, 30, stuck);

        Assert.False(level.WouldFree(stuck));
    }

    [Fact]
    public void Compare_SumsOfAnySize_DoesNotOverflow()
    {
        foreach (var weights in Sizes[1..])
        {
            foreach (var held in Sizes)
            {
                foreach (var unmet in Sizes)
                    AssertExact(weights, held, unmet);
            }
        }
    }

    private static void AssertExact(long weights, long held, long unmet)
    {
        // A claim is counted many times at once, as if there were so many like it.
        const int Many = 1_000_000;
        var level = new WaterLevel();
        level.Count(Claims.Of(Role.Contender, 0, weight: Many), (int)(weights / Many));
        level.Count(Claims.Of(Role.Contender, 0, weight: (int)(weights % Many)), 1);
        level.Count(Claims.Of(Role.Contender, Many, weight: 0), (int)(held / Many));
        level.Count(Claims.Of(Role.Contender, (int)(held % Many), weight: 0), 1);
        level.Count(Claims.Of(Role.Satisfied, 0, wanted: unmet), 1);
        var pool = (BigInteger)held - unmet;
        foreach (var slots in Sizes)
        {
            foreach (var weight in new[] { 1, 7, Many })
            {
                Assert.Equal(slots * (BigInteger)weights <= pool * weight, level.Covers(slots, weight));
                Assert.Equal(slots * (BigInteger)weights >= BigInteger.Max(0, pool) * weight, level.IsReachedBy(slots, weight));
            }
        }
    }
}
