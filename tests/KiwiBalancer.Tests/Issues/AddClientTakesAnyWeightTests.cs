using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A weight outside its range was taken by AddClient and refused when the balancer was first resolved, far from the line to blame; for a client that was added before, never.</summary>
public sealed class AddClientTakesAnyWeightTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void AddClient_WeightOutOfRange_IsRefusedAtOnce(int weight)
    {
        var builder = new ServiceCollection().AddKiwiBalancer(options => options.Limit = 1).AddClient("a");

        Assert.Throws<ArgumentOutOfRangeException>(nameof(weight), () => builder.AddClient("a", weight));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(weight), () => builder.AddClient("b", weight));
    }
}
