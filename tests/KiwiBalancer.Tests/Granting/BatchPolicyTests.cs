using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>What the weighted policy is told of a batch.</summary>
public sealed class BatchPolicyTests
{
    private readonly BatchPolicy _policy = new();

    public BatchPolicyTests() => _policy.InstallRoom(_policy.PrepareRoom(4));

    [Fact]
    public void HasOpenDoor_Always_IsFalse() => Assert.False(_policy.HasOpenDoor);

    [Fact]
    public void Next_LimitOfTheStart_IsInForceAtOnce()
    {
        _policy.Begin(1, 0, 0);
        var claim = Waiting(3, first: 1);

        Assert.Same(claim, _policy.Next(0));
        Grant(claim, inFlight: 1);
        Assert.Null(_policy.Next(0));
    }

    [Fact]
    public void Next_LimitChangesInABatch_FollowsIt()
    {
        _policy.Begin(0, 0, 0);
        var claim = Waiting(3, first: 1);
        Assert.Null(_policy.Next(0));

        _policy.Advance(1, 0, 1);

        Assert.Same(claim, _policy.Next(1));
        Grant(claim, inFlight: 1);
        Assert.Null(_policy.Next(1));
    }

    [Fact]
    public void Update_MoreArriveThanTheBatchHas_ShowsThoseOfTheBatch()
    {
        var claim = Started(3);
        Assert.Equal((1, 3L), (claim.InBatch.HeadCost, claim.InBatch.Wanted));

        Wait(claim, slots: 10, first: 1);
        Assert.Equal(3, claim.InBatch.Wanted);

        Grant(claim, inFlight: 1);
        Assert.Equal((1, 2L, 2L), (claim.InBatch.HeadCost, claim.InBatch.Wanted, claim.Left));
    }

    [Fact]
    public void Update_CapLeavesLess_ShowsNoMore()
    {
        var claim = Started(3);

        claim.Wanted = 1;
        _policy.Update(claim, 0);

        Assert.Equal(1, claim.InBatch.Wanted);
    }

    [Fact]
    public void Update_HeadIsWiderThanWhatIsLeft_ShowsTheHead()
    {
        var claim = Started(3);

        claim.HeadCost = 5;
        claim.Wanted = 20;
        _policy.Update(claim, 0);

        Assert.Equal((5, 5L), (claim.InBatch.HeadCost, claim.InBatch.Wanted));
    }

    [Fact]
    public void Update_HeadIsOfTheNextBatch_ShowsNothing()
    {
        var claim = Started(3);
        Wait(claim, slots: 4, first: 4);

        Assert.Equal((0, 0L, 0L), (claim.InBatch.HeadCost, claim.InBatch.Wanted, claim.Left));
    }

    [Fact]
    public void Update_AtItsCap_KeepsItsPlaceInTheBatch()
    {
        var claim = Started(3);
        (claim.HeadCost, claim.Wanted, claim.Waiting, claim.HeadSequence, claim.TailSequence) = (0, 0, 0, 0, 0);
        _policy.Update(claim, 0);
        Assert.Equal((0, 0L, 3L, false), (claim.InBatch.HeadCost, claim.InBatch.Wanted, claim.Left, claim.IsInLine));

        Wait(claim, slots: 3, first: 1);

        Assert.Equal((3L, true), (claim.InBatch.Wanted, claim.IsInLine));
    }

    [Fact]
    public void Update_NothingWaits_StandsInNoLine()
    {
        _policy.Begin(2, 0, 0);
        var claim = (BatchClaim)_policy.NewClaim();

        _policy.Update(claim, 0);

        Assert.False(claim.IsInLine);
    }

    private BatchClaim Started(int slots)
    {
        _policy.Begin(10, 0, 0);
        var claim = Waiting(slots, first: 1);
        Assert.Same(claim, _policy.Next(0));
        return claim;
    }

    private BatchClaim Waiting(int slots, long first)
    {
        var claim = (BatchClaim)_policy.NewClaim();
        Wait(claim, slots, first);
        return claim;
    }

    private void Wait(BatchClaim claim, int slots, long first)
    {
        (claim.HeadCost, claim.Wanted, claim.Waiting, claim.HeadSequence, claim.TailSequence) = (1, slots, slots, first, first + slots - 1);
        _policy.Update(claim, 0);
    }

    private void Grant(BatchClaim claim, int inFlight)
    {
        claim.InFlight++;
        claim.Wanted--;
        claim.Waiting--;
        claim.HeadSequence++;
        _policy.Advance(inFlight, inFlight, 0);
        _policy.Granted(claim, 1);
        _policy.Update(claim, 0);
    }
}
