using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests;

/// <summary>The example the project grew from: limit 0, everything enqueued, then limit 100.</summary>
public sealed class SeedExampleTests
{
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(1, 1, 2, new[] { 25, 25, 50 })]
    [InlineData(1, 1, 1, new[] { 33, 33, 34 })]
    public async Task RaisingTheLimit_EverythingEnqueued_SharesTheSlotsByWeight(int first, int second, int third, int[] expected)
    {
        await using var balancer = new WeightedBalancer(100) { Limit = 0 };
        var clients = new[] { balancer.Register("first", first), balancer.Register("second", second), balancer.Register("third", third) };
        var requests = clients.Select(client => Enumerable.Range(0, 200).Select(_ => client.AcquireAsync().AsTask()).ToArray()).ToArray();

        balancer.Limit = 100;

        Assert.Equal(expected, clients.Select(client => client.InFlight).Order());
        foreach (var request in requests.SelectMany(line => line))
        {
            (await request.Within()).Dispose();
        }

        Integrity.Check(balancer);
    }

    [Fact]
    public void Finishing_TheHeavyClient_HandsItsSlotsToTheOthersAsTheyFree()
    {
        var (balancer, load) = Start();
        using var _ = balancer;
        var first = load.Add("first", 1, 300, Duration);
        var second = load.Add("second", 1, 300, Duration);
        var heavy = load.Add("heavy", 2, 300, Duration);
        load.RunUntil(5);
        Assert.Equal((25, 25, 50), (first.InFlight, second.InFlight, heavy.InFlight));

        heavy.Target = 0;
        while (heavy.Handle.Waiting > 0)
        {
            load.RunUntil(load.Now + 0.1);
        }

        load.RunUntil(load.Now + 1.5);

        Assert.Equal((50, 50, 0), (first.InFlight, second.InFlight, heavy.InFlight));
        Finish(balancer, load, first, second, heavy);
    }

    [Fact]
    public void Arriving_AFourthClient_ReachesItsShareWithinOneAndAHalfDurations()
    {
        var (balancer, load) = Start();
        using var _ = balancer;
        var clients = Enumerable.Range(0, 3).Select(i => load.Add($"c{i}", 1, 300, Duration)).ToList();
        load.RunUntil(5);

        var fourth = load.Add("fourth", 1, 300, Duration);
        load.RunUntil(6.5);

        clients.Add(fourth);
        Assert.All(clients, client => Assert.Equal(25, client.InFlight));
        Finish(balancer, load, [.. clients]);
    }

    /// <summary>Between 0.5 and 1.5 s, mean 1 s.</summary>
    private double Duration() => 0.5 + _random.NextDouble();

    private static (WeightedBalancer Balancer, VirtualLoad Load) Start()
    {
        var clock = new FakeTimeProvider();
        var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 100 }, clock);
        var load = new VirtualLoad(balancer, clock);
        load.AfterEvent = () => Assert.Equal(100, balancer.GetSnapshot().InFlight);
        return (balancer, load);
    }

    private static void Finish(WeightedBalancer balancer, VirtualLoad load, params VirtualClient[] clients)
    {
        load.AfterEvent = null;
        foreach (var client in clients)
        {
            client.Target = 0;
        }

        load.RunUntil(1000);
        Assert.All(clients, client => Assert.Equal(0, client.Rejected));
        Integrity.Check(balancer);
    }
}
