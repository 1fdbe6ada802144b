using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Granting;

/// <summary>An arrival that can only wait is left unread (Granting/README.md); whatever could decide about it reads it.</summary>
public sealed class ArrivalsThatDoNotRingTests
{
    [Theory]
    [InlineData("release")]
    [InlineData("limit")]
    [InlineData("cap")]
    public void Acquire_WhileAllSlotsAreHeld_IsGrantedAtTheNextChance(string chance)
    {
        using var balancer = new WeightedBalancer(1);
        var (holding, waiting) = (balancer.Register("holding"), balancer.Register("waiting"));
        var holder = holding.Take();
        var first = Pending.Of(holding);
        var unread = Pending.Of(waiting);
        Assert.False(unread.IsAnswered);

        if (chance == "release")
        {
            holder.Dispose();
        }
        else if (chance == "limit")
        {
            balancer.Limit = 3;
        }
        else
        {
            // Nothing is free: a change of the client reads the arrival and grants nothing.
            waiting.Reconfigure(new BalancerClientOptions { MaxInFlight = 1 });
            Assert.False(unread.IsAnswered);
            holder.Dispose();
        }

        holder.Dispose();
        Pending.Finish(first, unread);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_ClientWhoseArrivalIsUnread_RejectsIt()
    {
        using var balancer = new WeightedBalancer(1);
        var (holding, waiting) = (balancer.Register("holding"), balancer.Register("waiting"));
        var holder = holding.Take();
        var first = Pending.Of(holding);
        var unread = Pending.Of(waiting);

        waiting.Dispose();

        Assert.Equal(RejectionReason.ClientClosed, unread.Reason);
        holder.Dispose();
        Pending.Finish(first);
        Integrity.Check(balancer);
    }
}
