using System.Security.Claims;
using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace KiwiBalancer.AspNetCore.Tests.Identity;

/// <summary>Whose a request is.</summary>
public sealed class ClientTests
{
    public static TheoryData<string> Ways => ["header", "claim", "route", "key", "bearer", "delegate"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Request_OfAKnownClient_TakesASlotOfThatClient(string way)
    {
        await using var app = await StartAsync(way, UnknownClients.ShareDefault);

        var sent = await app.HoldAsync("billing", "1", Mark(way, "billing"));

        Assert.Equal((1, 0), (app.Client("billing").InFlight, app.Client("default").InFlight));
        app.Finish("1");
        Assert.Equal("1", await (await sent.Within()).Content.ReadAsStringAsync().Within());
        app.CheckIntegrity();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Request_OfAnUnknownClient_SharesTheDefaultOne(string way)
    {
        await using var app = await StartAsync(way, UnknownClients.ShareDefault);

        var sent = await app.HoldAsync("stranger", "1", Mark(way, "stranger"));

        Assert.Equal((0, 1), (app.Client("billing").InFlight, app.Client("default").InFlight));
        app.Finish("1");
        Assert.True((await sent.Within()).IsSuccessStatusCode);
        app.CheckIntegrity();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Request_OfAnUnknownClientThatIsRefused_IsToldSoAndTakesNoSlot(string way)
    {
        await using var app = await StartAsync(way, UnknownClients.Refuse);

        using var answer = await app.SendAsync("stranger", "1", CancellationToken.None, Mark(way, "stranger")).Within();

        var isKey = way is "key" or "bearer";
        Assert.Equal(isKey ? 401 : 403, (int)answer.StatusCode);
        Assert.Equal(isKey ? 1 : 0, answer.Headers.WwwAuthenticate.Count);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("unknown_client", await answer.Content.ReadAsStringAsync().Within(), StringComparison.Ordinal);
        Assert.False(app.HasEntered("1"));
        Assert.DoesNotContain(app.Balancer.GetSnapshot().Clients, client => client.Name == "default");
    }

    [Fact]
    public async Task Request_WithItsKeyTwice_IsUnknown()
    {
        await using var app = await StartAsync("key", UnknownClients.Refuse);

        using var answer = await app.SendAsync("x", "1", CancellationToken.None, ("X-Api-Key", "key of billing"), ("X-Api-Key", "key of billing")).Within();

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Request_WithAKeyBeyondAllBounds_IsUnknown()
    {
        await using var app = await StartAsync("key", UnknownClients.Refuse);

        using var answer = await app.SendAsync("x", "1", CancellationToken.None, ("X-Api-Key", new string('k', 20_000))).Within();

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Request_WithAHeaderOfAMegabyte_IsAnswered431AndTheNextOneIsServed()
    {
        await using var app = await StartAsync("key", UnknownClients.Refuse);

        using var answer = await app.SendAsync("x", "1", CancellationToken.None, ("X-Api-Key", new string('k', 1_000_000))).Within();
        app.Finish("2");
        using var next = await app.SendAsync("x", "2", CancellationToken.None, Mark("key", "billing")).Within();

        Assert.Equal(431, (int)answer.StatusCode);
        Assert.True(next.IsSuccessStatusCode);
        app.CheckIntegrity();
    }

    private static (string Name, string Value) Mark(string way, string client) => way switch
    {
        "header" or "delegate" => ("X-Client", client),
        "claim" => ("X-User", client),
        "key" => ("X-Api-Key", $"key of {client}"),
        "bearer" => ("Authorization", $"Bearer key of {client}"),
        _ => ("X-Nothing", client),
    };

    private static Task<GatedApp> StartAsync(string way, UnknownClients unknown) => GatedApp.StartAsync(
        builder => builder.Services.AddKiwiBalancer(o => o.Limit = 2).AddClient("billing").AddGateway(o =>
        {
            o.UnknownClients = unknown;
            o.ClientHeader = way == "header" ? "X-Client" : null;
            o.ClientClaim = way == "claim" ? "sub" : null;
            o.ClientRouteValue = way == "route" ? "client" : null;
            o.ApiKeyHeader = way == "key" ? "X-Api-Key" : way == "bearer" ? "Authorization" : null;
            o.SelectClient = way == "delegate" ? context => context.Request.Headers["X-Client"] : null;
            if (o.ApiKeyHeader is not null)
            {
                o.Clients["billing"] = new GatewayClientOptions { ApiKeys = { "an older key", "key of billing" } };
            }
        }),
        app =>
        {
            app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", context.Request.Headers["X-User"].ToString())], "test"));
                return next(context);
            });
            app.UseKiwiBalancer();
        });
}
