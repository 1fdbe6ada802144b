namespace KiwiBalancer.Tests.Issues;

/// <summary>Exceptions named a parameter the caller does not have: "options" for <c>Register(client)</c>, "client" for <c>Reconfigure(options)</c>, and the option instead of the parameter, "Limit" for <c>limit</c>.</summary>
public sealed class RefusedArgumentIsMisnamedTests
{
    [Fact]
    public void Refused_OfEachCall_NamesTheParameterOfThatCall()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");

        Assert.Throws<ArgumentException>("client", () => balancer.Register(new BalancerClientOptions { Name = "a" }));
        Assert.Throws<ArgumentNullException>("options", () => client.Reconfigure(null!));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => new WeightedBalancer(0));
        Assert.Throws<ArgumentOutOfRangeException>("options", () => new WeightedBalancer(new KiwiBalancerOptions()));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => balancer.Register("b", weight: 0));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => client.Weight = 0);
    }
}
