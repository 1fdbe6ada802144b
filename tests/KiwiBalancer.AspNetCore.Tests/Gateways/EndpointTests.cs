using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>Which balancer the requests of an endpoint go through.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("/gpu", "gpu 3")]
    [InlineData("/marked", "gpu 2")]
    [InlineData("/db", "db 1")]
    [InlineData("/group", "gpu 1")]
    [InlineData("/group/free", "none")]
    [InlineData("/free", "none")]
    public async Task Endpoint_ThatNamesABalancer_TakesSlotsOfThatOneOnly(string path, string expected)
    {
        await using var app = await GatedApp.StartAsync(Add, Map);

        Assert.Equal(expected, await app.Http.GetStringAsync(path).Within());

        GatedApp.CheckIntegrity(app.Services.GetRequiredKeyedService<IBalancer>("gpu"));
        GatedApp.CheckIntegrity(app.Services.GetRequiredKeyedService<IBalancer>("db"));
    }

    [Fact]
    public async Task Endpoint_ThatSaysNothing_GoesThroughTheDefaultBalancerIfThatIsAGateway()
    {
        await using var app = await GatedApp.StartAsync(
            builder =>
            {
                Add(builder);
                builder.Services.AddKiwiBalancer(o => o.Limit = 9).AddGateway();
            },
            Map);

        Assert.Equal("default 1", await app.Http.GetStringAsync("/free").Within());
        Assert.Equal("gpu 3", await app.Http.GetStringAsync("/gpu").Within());
        Assert.Equal("none", await app.Http.GetStringAsync("/group/free").Within());
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Starting_WithoutTheMiddleware_FailsAndSaysWhatToCall()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GatedApp.StartAsync(Add, app => app.MapGet("/gpu", () => "").RequireKiwiBalancer("gpu")));

        Assert.Contains("app.UseKiwiBalancer()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_WithAnEndpointOfABalancerThatIsNoGateway_FailsAndNamesBoth()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GatedApp.StartAsync(
            builder =>
            {
                Add(builder);
                builder.Services.AddKiwiBalancer("bare", o => o.Limit = 1);
            },
            app =>
            {
                app.UseKiwiBalancer();
                app.MapGet("/one", () => "").RequireKiwiBalancer("bare");
                app.MapGet("/two", () => "").RequireKiwiBalancer();
            }));

        Assert.Contains("'bare'", error.Message, StringComparison.Ordinal);
        Assert.Contains("/one", error.Message, StringComparison.Ordinal);
        Assert.Contains("/two", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_RoutedOnlyAfterTheMiddleware_FailsLoudly()
    {
        await using var app = await GatedApp.StartAsync(Add, app =>
        {
            app.UseKiwiBalancer();
            app.UseRouting();
            app.MapGet("/gpu", (HttpContext context) => Task.CompletedTask).RequireKiwiBalancer("gpu");
        });

        using var answer = await app.Http.GetAsync("/gpu").Within();

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Contains(app.Log.GetSnapshot(), record => record.Exception?.Message.Contains("app.UseRouting()", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Using_WithoutAnyGateway_FailsAndSaysWhatToAdd()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GatedApp.StartAsync(_ => { }, app => app.UseKiwiBalancer()));

        Assert.Contains("AddGateway()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requiring_ACostBelowOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouteGroupBuilderOf().Group.RequireKiwiBalancer("gpu", cost: 0));

    private static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddKiwiBalancer("gpu", o => o.Limit = 4).AddGateway();
        builder.Services.AddKiwiBalancer("db", o => o.Limit = 1).AddGateway();
    }

    private static void Map(WebApplication app)
    {
        app.UseKiwiBalancer();
        app.MapGet("/gpu", Tell).RequireKiwiBalancer("gpu", cost: 3);
        app.MapGet("/marked", [RequireKiwiBalancer("gpu", Cost = 2)] (HttpContext context) => Tell(context));
        app.MapGet("/db", Tell).RequireKiwiBalancer("db");
        app.MapGet("/free", Tell);
        var group = app.MapGroup("/group").RequireKiwiBalancer("gpu");
        group.MapGet("", Tell);
        group.MapGet("/free", Tell).DisableKiwiBalancer();
    }

    private static string Tell(HttpContext context)
    {
        foreach (var name in new[] { "gpu", "db" })
        {
            if (context.RequestServices.GetKeyedService<IBalancer>(name)?.GetSnapshot().InFlight is > 0 and var held)
            {
                return $"{name} {held}";
            }
        }

        return context.RequestServices.GetService<IBalancer>()?.GetSnapshot().InFlight is > 0 and var common ? $"default {common}" : "none";
    }

    private sealed class RouteGroupBuilderOf
    {
        public RouteGroupBuilder Group { get; } = WebApplication.CreateSlimBuilder().Build().MapGroup("/x");
    }
}
