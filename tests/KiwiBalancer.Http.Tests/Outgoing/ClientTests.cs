using KiwiBalancer.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Http.Tests.Outgoing;

/// <summary>Which client a call belongs to, and what it costs.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData(null, null, null, "llm")]
    [InlineData("reports", null, null, "reports")]
    [InlineData("reports", "billing", null, "billing")]
    [InlineData("reports", "llm", "billing", "billing")]
    public async Task Call_OfANamedClient_IsOfTheClientThatIsNamedClosest(string? fixedClient, string? selected, string? own, string expected)
    {
        await using var server = await GatedServer.StartAsync(limit: 4, client => client.AddKiwiBalancer(configure: o =>
        {
            o.Client = fixedClient;
            o.SelectClient = selected is null ? null : _ => selected;
            o.Cost = _ => 2;
        }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/1");
        if (own is not null)
        {
            request.Options.Set(BalancedRequest.Client, own);
            request.Options.Set(BalancedRequest.Cost, 3);
        }

        var sent = server.Http.SendAsync(request);
        await server.Entered("1");

        Assert.Equal(own is null ? 2 : 3, server.InFlight(expected));
        server.Finish("1");
        Assert.Equal("1", await (await sent.Within()).Content.ReadAsStringAsync());
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Call_OfAClientThatTheBalancerHasNot_FailsAndSaysWhatToDo()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer(configure: o => o.Client = "billng"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Http.GetAsync("/1").Within());

        Assert.Contains("'billng'", error.Message, StringComparison.Ordinal);
        Assert.Contains("AddClient", error.Message, StringComparison.Ordinal);
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Calls_OfATypedClientAndANamedBalancer_GoThroughThatOne()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer("gpu").AddTypedClient<Caller>().Services.AddKiwiBalancer("gpu", o => o.Limit = 3).AddClient("llm"));
        var sent = server.Services.GetRequiredService<Caller>().CallAsync("1");
        await server.Entered("1");

        Assert.Equal((1, 0), (server.Services.GetRequiredKeyedService<IBalancer>("gpu").GetSnapshot().InFlight, server.Balancer.GetSnapshot().InFlight));
        server.Finish("1");
        Assert.Equal("1", await sent.Within());
    }

    internal sealed class Caller(HttpClient http)
    {
        public Task<string> CallAsync(string id) => http.GetStringAsync($"/{id}");
    }
}
