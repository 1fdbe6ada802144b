namespace KiwiBalancer.RateLimiting.Tests.Issues;

/// <summary>More permits than there can ever be were refused with the name of a parameter that the caller does not have, "cost".</summary>
public sealed class TooManyPermitsAreMisnamedTests
{
    [Fact]
    public void Acquire_MorePermitsThanEver_NamesTheParameterAndWhatToDo()
    {
        using var balancer = new WeightedBalancer(limit: 4);
        var limiter = balancer.Register("a").AsRateLimiter(cost: 2);

        foreach (var error in new[] { Assert.Throws<ArgumentOutOfRangeException>("permitCount", () => limiter.AttemptAcquire(3)), Assert.Throws<ArgumentOutOfRangeException>("permitCount", () => { _ = limiter.AcquireAsync(3); }) })
        {
            Assert.Equal(3, error.ActualValue);
            Assert.Contains("MaxCost", error.Message, StringComparison.Ordinal);
        }
    }
}
