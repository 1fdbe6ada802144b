using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

public sealed class WeightChangeTests
{
    [Fact]
    public void Weight_ChangedWhileWaiting_CountsForTheNextGrants()
    {
        using var balancer = new WeightedBalancer(100) { Limit = 0 };
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var requests = Pending.Many(first, 100).Concat(Pending.Many(second, 100)).ToArray();

        first.Weight = 3;
        balancer.Limit = 40;
        Assert.Equal((30, 10), (first.InFlight, second.InFlight));
        first.Weight = 1;
        balancer.Limit = 80;
        Assert.Equal((40, 40), (first.InFlight, second.InFlight));

        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Weight_ChangedWhileHolding_MovesSlotsAsTheyComeFree()
    {
        using var balancer = new WeightedBalancer(10);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var requests = Pending.Many(first, 40).Concat(Pending.Many(second, 40)).ToArray();
        foreach (var request in requests[..5])
        {
            request.Release();
        }

        Assert.Equal((5, 5), (first.InFlight, second.InFlight));

        second.Weight = 4;
        foreach (var request in requests.Where(request => request.IsHeld).ToArray())
        {
            request.Release();
        }

        Assert.Equal((2, 8), (first.InFlight, second.InFlight));
        Pending.Finish(requests[5..]);
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void Weight_Changed_IsReadBack(int weight)
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a", 7);

        client.Weight = weight;

        Assert.Equal(weight, client.Weight);
        Assert.Equal(weight, Assert.Single(balancer.GetSnapshot().Clients).Weight);
    }
}
