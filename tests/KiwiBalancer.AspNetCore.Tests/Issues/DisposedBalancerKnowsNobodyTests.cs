using KiwiBalancer.AspNetCore.Tests.Support;

namespace KiwiBalancer.AspNetCore.Tests.Issues;

/// <summary>With unknown clients refused, a client that met a balancer already disposed was told that its key was wrong, and gave up; it should come back.</summary>
public sealed class DisposedBalancerKnowsNobodyTests
{
    [Fact]
    public async Task Request_OfAKnownClientAfterTheBalancersDisposal_IsToldToComeBack()
    {
        await using var app = await GatedApp.StartAsync(
            o => (o.Limit, o.Clients["billing"]) = (1, new BalancerClientOptions()),
            o =>
            {
                (o.ApiKeyHeader, o.UnknownClients) = ("X-Api-Key", UnknownClients.Refuse);
                o.Clients["billing"] = new GatewayClientOptions { ApiKeys = { "key" } };
            });

        app.Balancer.Dispose();

        using var answer = await app.SendAsync("x", "1", CancellationToken.None, ("X-Api-Key", "key")).Within();
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("balancer_closed", await answer.Content.ReadAsStringAsync().Within(), StringComparison.Ordinal);
    }
}
