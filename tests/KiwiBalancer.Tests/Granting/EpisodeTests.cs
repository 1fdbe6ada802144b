using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>The policy called as the owner of a grant loop calls it, where a simulation does not reach.</summary>
public sealed class EpisodeTests
{
    [Fact]
    public void Begin_ClaimsStillInLines_ForgetsThemUntilTheirNextUpdate()
    {
        var policy = NewPolicy(8);
        var first = Waiting(policy, 1);
        var second = Waiting(policy, 1);
        policy.Begin(4, 4, 0);
        policy.Update(first, 0);
        policy.Update(second, 0);

        policy.Begin(4, 0, 5);
        Assert.Null(policy.Next(5));
        policy.Update(second, 5);

        Assert.Same(second, policy.Next(5));
        second.HeadCost = 0;
        second.Wanted = 0;
        policy.Update(second, 5);
        Assert.Null(policy.Next(5));
        policy.Update(first, 6);
        Assert.Same(first, policy.Next(6));
    }

    [Fact]
    public void Begin_AfterAnEpisodeInDebt_StartsEven()
    {
        var policy = NewPolicy(8);
        var debtor = Waiting(policy, 1);
        var other = Waiting(policy, 1);
        policy.Begin(1, 0, 0);
        policy.Update(debtor, 0);
        policy.Update(other, 0);
        Hold(policy, debtor, 1, 0);
        Return(policy, debtor, 0, 100);
        Assert.Same(other, policy.Next(100));

        policy.Begin(1, 0, 200);
        policy.Update(debtor, 200);
        policy.Update(other, 200);

        Assert.Same(debtor, policy.Next(200));
    }

    [Fact]
    public void Next_SlotsHeldByStrangers_AreNotPromisedToAnybody()
    {
        // Eight of ten are held by clients the policy has not heard of: two are shared, and the light one's turn comes too.
        var policy = NewPolicy(8);
        var heavy = Waiting(policy, 9);
        var light = Waiting(policy, 1);
        policy.Begin(10, 8, 0);
        policy.Update(heavy, 0);
        policy.Update(light, 0);
        var grants = new Dictionary<Claim, int> { [heavy] = 0, [light] = 0 };
        var held = new Queue<Claim>();
        for (var step = 1; step <= 400; step++)
        {
            var now = step * 0.5;
            if (held.Count == 2)
                Return(policy, held.Dequeue(), 9, now);
            while (policy.Next(now) is { } claim)
            {
                grants[claim]++;
                held.Enqueue(claim);
                Hold(policy, claim, 8 + held.Count, now);
            }
        }

        Assert.InRange(grants[light], 38, 42);
    }

    [Fact]
    public void Update_OneHoldsLessThanTheWidestRequestTooMuch_StaysInTheLevel()
    {
        // Shares are 3; the second holds two requests of two slots. Were it stuck, the level of the others would be that of the five slots it leaves, and
        // what it holds within its bounds would be taken for lost.
        var policy = NewPolicy(8);
        var first = Waiting(policy, 1);
        var second = Waiting(policy, 1);
        var third = Waiting(policy, 1);
        (first.InFlight, second.InFlight) = (4, 4);
        (second.HeadCost, second.MaxCost) = (2, 2);
        policy.Begin(9, 8, 0);
        policy.Update(first, 0);
        policy.Update(second, 0);
        policy.Update(third, 0);
        Return(policy, first, 7, 10);
        Return(policy, first, 6, 10);

        Assert.Equal(Role.Contender, ((WeightedClaim)second).Role);

        (second.HeadCost, second.MaxCost) = (1, 1);
        policy.Update(second, 10);
        policy.AssertInvariants([(WeightedClaim)first, (WeightedClaim)second, (WeightedClaim)third]);
        Assert.Equal(Role.Stuck, ((WeightedClaim)second).Role);
    }

    [Fact]
    public void Update_WidestCostComesAndGoes_AllocatesNothing()
    {
        var policy = NewPolicy(100);
        var claims = Enumerable.Range(0, 50).Select(i => Waiting(policy, 1 + (i % 7))).ToArray();
        var held = new Queue<Claim>(30);
        Warm(policy, claims, held, 2000);
        Widen(policy, claims[3], 2);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var width = 1; width < 100; width++)
            Widen(policy, claims[width % 50], 1 + (width % 5));

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Widen(WeightedPolicy policy, Claim claim, int cost)
    {
        claim.MaxCost = cost;
        policy.Update(claim, 1);
    }

    [Fact]
    public void Update_ManyEvents_AllocatesNothing()
    {
        var policy = NewPolicy(100);
        var claims = Enumerable.Range(0, 100).Select(i => Waiting(policy, 1 + (i % 7))).ToArray();
        var held = new Queue<Claim>(30);
        Warm(policy, claims, held, 2000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Warm(policy, claims, held, 5000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Next_Full_KeepsNothingForTheFirstThatAsked()
    {
        var policy = NewPolicy(8);
        var (holding, first, heavier) = (Waiting(policy, 1), Waiting(policy, 1), Waiting(policy, 3));
        holding.InFlight = 1;
        policy.Begin(1, 1, 0);
        policy.Update(holding, 0);
        policy.Update(first, 0);
        Assert.Null(policy.Next(0));

        policy.Update(heavier, 0);
        Return(policy, holding, 0, 1);

        Assert.Same(heavier, policy.Next(1));
    }

    [Fact]
    public void Next_LaterThanAnyUpdate_JudgesAtThatTime()
    {
        var policy = NewPolicy(8);
        var (first, second) = (Waiting(policy, 1), Waiting(policy, 1));
        policy.Begin(1, 0, 0);
        policy.Update(first, 0);
        policy.Update(second, 0);

        var next = policy.Next(7);

        Assert.Equal(7, Assert.IsType<WeightedClaim>(next).SyncedAt);
    }

    [Theory]
    [InlineData(40, 4)]
    [InlineData(20, 1)]
    public void Advance_SlotComesBack_MeasuresTheDurationThatDeadlinesAreMadeOf(double duration, int expected)
    {
        // Three slots in use, one comes back: the mean is three quarters. Deadlines are 1.125 of it per weight later than the accounts, so the one that is owed 18 more goes first only if requests are short.
        var policy = NewPolicy(8);
        var (owed, heavy) = (Waiting(policy, 1), Waiting(policy, 4));
        policy.Begin(3, 3, 0);
        policy.Update(owed, 0);
        policy.Update(heavy, 0);

        policy.Advance(3, 2, duration);
        ((WeightedClaim)owed).Used = -18;
        policy.Update(owed, duration);

        Assert.Equal(expected, policy.Next(duration)!.Weight);
    }

    [Fact]
    public void Next_WideHeadIsOverdue_KeepsTheFreeSlotFromTheNarrow()
    {
        var policy = NewPolicy(8);
        var (wide, narrow) = (Waiting(policy, 1), Waiting(policy, 1));
        (wide.HeadCost, wide.MaxCost) = (3, 3);
        policy.Begin(4, 3, 0);
        policy.Update(wide, 0);
        policy.Update(narrow, 0);

        Assert.Null(policy.Next(0));
    }

    [Fact]
    public void Next_WideHeadIsNotDueYet_IsPassedEightTimes()
    {
        // The mean duration is 32, so the wide one is due at 11; until then no time passes, since nobody that waits holds a slot.
        var policy = NewPolicy(8);
        var (wide, narrow) = (Waiting(policy, 9), Waiting(policy, 1));
        (wide.HeadCost, wide.MaxCost) = (3, 3);
        policy.Begin(4, 4, 0);
        policy.Advance(4, 3, 40);
        policy.Update(wide, 40);
        policy.Update(narrow, 40);

        for (var i = 0; i < 8; i++)
            Assert.Same(narrow, policy.Next(40));

        Assert.Null(policy.Next(40));
    }

    [Fact]
    public void Next_WideHeadIsStarving_ComesBeforeThoseBelowTheirQuota()
    {
        // It holds nothing, and without a mean duration any deadline has come.
        var policy = NewPolicy(8);
        var (wide, below) = (Waiting(policy, 1), Waiting(policy, 9));
        (wide.HeadCost, wide.MaxCost) = (2, 2);
        policy.Begin(10, 0, 0);
        policy.Update(below, 0);
        policy.Update(wide, 0);
        Assert.Equal((Line.Owed, Line.Quota), (((WeightedClaim)wide).Line, ((WeightedClaim)below).Line));

        Assert.Same(wide, policy.Next(0));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Next_GapBesideAWideHead_IsFilledByOneThatHasItsPartOnlyWithinTheBounds(int weight, bool isFilled)
    {
        // Five slots, three held by the narrow one: its part is 5/4 or 2, and 4 must not pass it by more than 2.
        var policy = NewPolicy(8);
        var (wide, narrow) = (Waiting(policy, 3), Waiting(policy, weight));
        (wide.HeadCost, wide.MaxCost, narrow.InFlight) = (3, 3, 3);
        policy.Begin(5, 4, 0);
        policy.Advance(5, 3, 40);
        policy.Update(wide, 40);
        policy.Update(narrow, 40);
        Assert.Equal(Line.Parked, ((WeightedClaim)narrow).Line);

        Assert.Equal(isFilled ? narrow : null, policy.Next(40));
    }

    [Fact]
    public void Update_NarrowAmongWide_MayRunAheadByTheWidest()
    {
        // One slot each of a part of three quarters, and the widest cost is 3.
        var policy = NewPolicy(8);
        var (wide, narrow) = (Waiting(policy, 3), Waiting(policy, 1));
        (wide.HeadCost, wide.MaxCost, narrow.InFlight) = (3, 3, 1);
        policy.Begin(3, 1, 0);
        policy.Update(wide, 0);

        policy.Update(narrow, 0);

        Assert.Equal(Line.Owed, ((WeightedClaim)narrow).Line);
    }

    [Fact]
    public void Begin_SlotsWereKeptForAWideHead_AreNotKeptAnyMore()
    {
        // All but one slot are with strangers, so nobody is below a quota: kept for the wide head, in debt or not.
        var policy = NewPolicy(8);
        var wide = Waiting(policy, 1);
        (wide.HeadCost, wide.MaxCost, wide.HeadSequence) = (3, 3, 1);
        policy.Begin(4, 3, 0);
        policy.Update(wide, 0);
        Assert.Null(policy.Next(0));

        // The wide one has been cancelled. Nobody has told the policy, since a new episode forgets all.
        var (narrow, other) = (Waiting(policy, 1), Waiting(policy, 1));
        policy.Begin(4, 3, 10);
        policy.Update(narrow, 10);
        policy.Update(other, 10);

        Assert.Same(narrow, policy.Next(10));
    }

    [Fact]
    public void Update_LaterThanTheLastAdvance_ChargesUpToThen()
    {
        var policy = NewPolicy(8);
        var (early, late) = (Waiting(policy, 1), Waiting(policy, 1));
        policy.Begin(1, 1, 100);
        early.InFlight = 1;
        policy.Update(early, 100);
        policy.Update(late, 100);

        policy.Update(early, 110);

        Assert.Equal((10.0, 110.0), (((WeightedClaim)early).Used, ((WeightedClaim)early).SyncedAt));
    }

    [Fact]
    public void InstallRoom_WhileClaimsWait_KeepsTheirPlaces()
    {
        var policy = NewPolicy(2);
        var claims = new List<Claim> { Waiting(policy, 1), Waiting(policy, 1) };
        policy.Begin(3, 3, 0);
        claims.ForEach(claim => policy.Update(claim, 0));

        policy.InstallRoom(policy.PrepareRoom(64));
        for (var i = 0; i < 62; i++)
        {
            claims.Add(Waiting(policy, 1));
            policy.Update(claims[^1], 0);
        }

        policy.Advance(64, 0, 1);
        var granted = new HashSet<Claim>();
        for (var inFlight = 1; policy.Next(1) is { } claim; inFlight++)
        {
            granted.Add(claim);
            Hold(policy, claim, inFlight, 1);
        }

        Assert.Equal(64, granted.Count);
    }

    [Fact]
    public void Update_LargestLimitAndWeights_DoesNotOverflow()
    {
        var policy = NewPolicy(4);
        var heavy = Waiting(policy, 1_000_000, wanted: 1L << 40);
        var light = Waiting(policy, 1, wanted: 1L << 40);
        policy.Begin(int.MaxValue, int.MaxValue - 1, 0);
        heavy.InFlight = int.MaxValue - 2147 - 1;
        light.InFlight = 2147;
        policy.Update(heavy, 0);
        policy.Update(light, 0);

        // λ = 2147.48: the light one's floor is reached, the heavy one's is not.
        Assert.Same(heavy, policy.Next(0));
    }

    private static WeightedPolicy NewPolicy(int room)
    {
        var policy = new WeightedPolicy();
        policy.InstallRoom(policy.PrepareRoom(room));
        return policy;
    }

    private static Claim Waiting(WeightedPolicy policy, int weight, long wanted = 100)
    {
        var claim = policy.NewClaim();
        claim.Weight = weight;
        claim.Wanted = wanted;
        claim.HeadCost = 1;
        return claim;
    }

    private static void Hold(WeightedPolicy policy, Claim claim, int inFlight, double now)
    {
        claim.InFlight++;
        policy.Advance(Limit(policy), inFlight, now);
        policy.Update(claim, now);
    }

    private static void Return(WeightedPolicy policy, Claim claim, int inFlight, double now)
    {
        claim.InFlight--;
        policy.Advance(Limit(policy), inFlight, now);
        policy.Update(claim, now);
    }

    private static int Limit(WeightedPolicy policy) => policy.Limit;

    private static void Warm(WeightedPolicy policy, Claim[] claims, Queue<Claim> held, int steps)
    {
        held.Clear();
        foreach (var claim in claims)
            claim.InFlight = 0;
        policy.Begin(30, 0, 0);
        foreach (var claim in claims)
            policy.Update(claim, 0);
        for (var step = 1; step <= steps; step++)
        {
            var now = step * 0.1;
            if (held.Count == 30)
                Return(policy, held.Dequeue(), 29, now);
            while (policy.Next(now) is { } claim)
            {
                held.Enqueue(claim);
                Hold(policy, claim, held.Count, now);
            }
        }
    }
}
