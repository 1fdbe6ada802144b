using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace KiwiBalancer.AspNetCore.Tests.Issues;

/// <summary>An endpoint whose requests cost more than the balancer takes failed at each request, with 500, and not at the start; a negative cost counted as none.</summary>
public sealed class EndpointCostThatAlwaysFailsTests
{
    [Fact]
    public async Task Starting_WithAnEndpointThatCostsMoreThanEver_FailsAndNamesIt()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GatedApp.StartAsync(
            builder =>
            {
                builder.Services.AddKiwiBalancer("gpu", o => o.Limit = 4).AddGateway();
                builder.Services.AddKiwiBalancer("db", o => (o.Limit, o.MaxCost) = (2, 8)).AddGateway();
            },
            app =>
            {
                app.UseKiwiBalancer();
                app.MapGet("/wide", () => "").RequireKiwiBalancer("gpu", cost: 5);
                app.MapGet("/wider", () => "").RequireKiwiBalancer("db", cost: 9);
                app.MapGet("/fits", () => "").RequireKiwiBalancer("db", cost: 8);
            }));

        Assert.Contains("/wide' take 5 slots", error.Message, StringComparison.Ordinal);
        Assert.Contains("'gpu', which is 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("/wider' take 9 slots", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/fits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attribute_WithANegativeCost_Throws() => Assert.Throws<ArgumentOutOfRangeException>("value", () => new RequireKiwiBalancerAttribute { Cost = -1 });
}
