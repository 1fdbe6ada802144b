using KiwiBalancer.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Http.Tests.Issues;

/// <summary>Calls that go through two balancers, one for the server and one for the network, had the options of the second for both.</summary>
public sealed class SecondBalancerTakesTheFirstsOptionsTests
{
    [Fact]
    public async Task Call_ThroughTwoBalancers_IsOfADifferentClientInEach()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client =>
        {
            client.AddKiwiBalancer(configure: o => o.Client = "billing").AddKiwiBalancer("network", o => (o.Client, o.Cost) = ("invoices", _ => 2));
            client.Services.AddKiwiBalancer("network", o => o.Limit = 2).AddClient("invoices");
        });

        var sent = server.Http.GetStringAsync("/1");
        await server.Entered("1");

        var network = server.Services.GetRequiredKeyedService<IBalancer>("network");
        Assert.Equal((1, 2), (server.InFlight("billing"), network.GetSnapshot().Clients.Single(client => client.Name == "invoices").InFlight));
        server.Finish("1");
        Assert.Equal("1", await sent.Within());
        server.CheckIntegrity();
    }
}
