using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>The policies that go by turns, called as the owner of a grant loop calls them.</summary>
public sealed class TurnPolicyTests
{
    private readonly SingleClientPolicy _single = new(new TurnRules(IdleGrace: 5, MaxRequests: 100));

    public TurnPolicyTests() => _single.InstallRoom(_single.PrepareRoom(4));

    [Fact]
    public void HasOpenDoor_OfEach_IsWhatItsOrderAllows()
    {
        Assert.True(new WeightedPolicy().HasOpenDoor);
        Assert.True(new RoundRobinPolicy().HasOpenDoor);
        Assert.False(_single.HasOpenDoor);
    }

    [Fact]
    public void Next_NoSlotIsFree_IsNobody()
    {
        foreach (var policy in new IGrantPolicy[] { new RoundRobinPolicy(), _single })
        {
            policy.Begin(2, 2, 0);
            var claim = Wait(policy, policy.NewClaim(), 1);

            Assert.Null(policy.Next(0));
            policy.Advance(2, 1, 0);
            Assert.Same(claim, policy.Next(0));
        }
    }

    [Fact]
    public void AskAgainAt_HolderIdlesWhileAnotherWaits_IsWhenItsGraceEnds()
    {
        _single.Begin(1, 0, 0);
        Assert.Equal(double.PositiveInfinity, _single.AskAgainAt);
        var holder = Wait(_single, _single.NewClaim(), 1);
        Assert.Same(holder, _single.Next(0));
        Idle(holder, 3);
        Assert.Equal(double.PositiveInfinity, _single.AskAgainAt);

        var other = Wait(_single, _single.NewClaim(), 2, now: 4);

        Assert.Equal(8, _single.AskAgainAt);
        Assert.Null(_single.Next(7.9));
        Assert.Same(other, _single.Next(8));
        Assert.Equal(double.PositiveInfinity, _single.AskAgainAt);
    }

    [Fact]
    public void Next_HeadOfOneInLineIsCancelled_StandsWhereItsNextArrived()
    {
        _single.Begin(1, 0, 0);
        var holder = Wait(_single, _single.NewClaim(), 1);
        _single.Next(0);
        var (second, third) = (Wait(_single, _single.NewClaim(), 2), Wait(_single, _single.NewClaim(), 3));

        Wait(_single, second, 4);
        Idle(holder, 1);

        Assert.Same(third, _single.Next(10));
    }

    private static Claim Wait(IGrantPolicy policy, Claim claim, long sequence, double now = 0)
    {
        (claim.HeadCost, claim.Wanted, claim.Waiting, claim.HeadSequence, claim.TailSequence) = (1, 1, 1, sequence, sequence);
        policy.Update(claim, now);
        return claim;
    }

    private void Idle(Claim claim, double now)
    {
        (claim.HeadCost, claim.Wanted, claim.Waiting, claim.HeadSequence, claim.TailSequence) = (0, 0, 0, 0, 0);
        _single.Update(claim, now);
    }
}
