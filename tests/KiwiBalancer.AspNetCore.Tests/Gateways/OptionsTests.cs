using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>Options from configuration: checked at the start, followed as a whole.</summary>
public sealed class OptionsTests
{
    private static readonly (string Key, string? Value)[] Good =
    [
        ("Limit", "4"), ("ApiKeyHeader", "X-Api-Key"), ("UnknownClients", "Refuse"),
        ("Clients:billing:Weight", "3"), ("Clients:billing:ApiKeys:0", "secret-one"), ("Clients:reports:ApiKeys:0", "secret-two"),
    ];

    [Fact]
    public async Task Starting_WithErrorsInBothParts_NamesThemAllAndNoKey()
    {
        var settings = new Settings(
            ("Limit", "0"), ("ApiKeyHeader", "X-Api-Key"), ("ClientHeader", "X-Client"), ("UnknownClients", "Register"), ("RejectionStatusCode", "200"), ("RetryAfter", "00:00:00"),
            ("MaxVisitors", "0"), ("VisitorIdleTimeout", "00:00:00"), ("Visitor:Weight", "-1"), ("DefaultClient", " "),
            ("Clients:billing:Weight", "-3"), ("Clients:billing:ApiKeys:0", "secret-one"), ("Clients:reports:ApiKeys:0", "secret-one"), ("Clients:reports:ApiKeys:1", " "));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));

        Assert.All(
            [
                "Limit is 0", "Clients['billing'].Weight is -3", "ClientHeader and ApiKeyHeader are set", "UnknownClients is Register", "RejectionStatusCode is 200", "RetryAfter is 00:00:00",
                "MaxVisitors is 0", "VisitorIdleTimeout is 00:00:00", "Visitor is wrong", "DefaultClient must not be empty", "Clients['reports'].ApiKeys has a key that 'billing' has", "must have 1 to 512",
            ],
            text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UnknownClients", "Refuse", "all would be unknown")]
    [InlineData("ClientHeader", "", "ClientHeader is empty")]
    [InlineData("Clients:billing:ApiKeys:0", "secret", "ApiKeyHeader does not say")]
    public async Task Starting_WithOneError_SaysWhatToDo(string key, string value, string expected)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new Settings(("Limit", "1"), (key, value))));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_WithKeysOfAClientThatTheBalancerHasNot_Fails()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => GatedApp.StartAsync(o => o.Limit = 1, o =>
        {
            o.ApiKeyHeader = "X-Api-Key";
            o.Clients["billng"] = new GatewayClientOptions { ApiKeys = { "secret" } };
        }));

        Assert.Contains("'billng'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reloading_KeysWeightsAndLimit_AppliesThemInPlace()
    {
        var settings = new Settings(Good);
        await using var app = await StartAsync(settings);
        await app.HoldAsync("x", "1", ("X-Api-Key", "secret-one"));

        settings.Replace(("Limit", "6"), ("ApiKeyHeader", "X-Key"), ("Clients:billing:Weight", "5"), ("Clients:billing:ApiKeys:0", "secret-three"));

        Assert.Equal((6, 1, 5), (app.Balancer.Limit, app.Balancer.GetSnapshot().InFlight, app.Client("billing").Weight));
        await app.HoldAsync("x", "2", ("X-Key", "secret-three"));
        Assert.Equal(2, app.Client("billing").InFlight);
        await app.HoldAsync("x", "3", ("X-Key", "secret-two"));
        Assert.Equal(1, app.Client("default").InFlight);
        foreach (var id in new[] { "1", "2", "3" })
        {
            app.Finish(id);
        }

        app.CheckIntegrity();
    }

    [Theory]
    [InlineData("Clients:billing:Weight", "-1")]
    [InlineData("Clients:reports:ApiKeys:1", "secret-three")]
    [InlineData("UnknownClients", "Banana")]
    [InlineData("Limit", "many")]
    [InlineData("Strategy", "RoundRobin")]
    public async Task Reloading_WithAnErrorInOnePart_ChangesNeitherAndSaysSoAndListensOn(string key, string value)
    {
        var settings = new Settings(Good);
        await using var app = await StartAsync(settings);
        (string Key, string? Value)[] other = [("Limit", "7"), ("ApiKeyHeader", "X-Api-Key"), ("Clients:billing:Weight", "5"), ("Clients:billing:ApiKeys:0", "secret-three"), ("Clients:reports:ApiKeys:0", "secret-two")];

        settings.Replace([.. other.Where(setting => setting.Key != key), (key, value)]);

        Assert.Equal((4, 3), (app.Balancer.Limit, app.Client("billing").Weight));
        await app.HoldAsync("x", "old", ("X-Api-Key", "secret-one"));
        using var refused = await app.SendAsync("x", "new", CancellationToken.None, ("X-Api-Key", "secret-three")).Within();
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Contains(app.Log.GetSnapshot(), record => record.Level == LogLevel.Error && record.Category == "KiwiBalancer.AspNetCore" && record.Id.Id == 1);
        Assert.DoesNotContain(app.Log.GetSnapshot(), record => $"{record.Message}{record.Exception}".Contains("secret", StringComparison.Ordinal));

        settings.Replace(other);
        Assert.Equal((7, 5), (app.Balancer.Limit, app.Client("billing").Weight));
        await app.HoldAsync("x", "3", ("X-Api-Key", "secret-three"));
        Assert.Equal(2, app.Client("billing").InFlight);
        app.Finish("old");
        app.Finish("3");
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Reloading_TheClientThatUnknownOnesShare_ItsNameAndItsWeight_Follows()
    {
        var settings = new Settings(("Limit", "4"), ("ClientHeader", "X-Client"));
        await using var app = await StartAsync(settings);
        await app.HoldAsync("x", "1", ("X-Client", "stranger"));

        settings.Replace(("Limit", "4"), ("ClientHeader", "X-Client"), ("DefaultClient", "others"), ("Clients:others:Weight", "7"));
        await app.HoldAsync("x", "2", ("X-Client", "stranger"));

        Assert.Equal((7, 1), (app.Client("others").Weight, app.Client("others").InFlight));
        app.Finish("1");
        app.Finish("2");
        app.CheckIntegrity();
    }

    private static Task<GatedApp> StartAsync(Settings settings) => GatedApp.StartAsync(
        builder =>
        {
            ((IConfigurationBuilder)builder.Configuration).Add(settings);
            builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi")).AddGateway(builder.Configuration.GetSection("Kiwi"));
        },
        app => app.UseKiwiBalancer());
}
