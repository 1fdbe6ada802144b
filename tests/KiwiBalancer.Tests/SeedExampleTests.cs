using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests;

/// <summary>The example the project grew from: limit 0, everything enqueued, then limit 100.</summary>
public sealed class SeedExampleTests
{
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
}
