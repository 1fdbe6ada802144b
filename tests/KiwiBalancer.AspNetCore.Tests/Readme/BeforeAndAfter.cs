using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.AspNetCore.Tests.Readme;

internal static class Before
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
builder.Services.AddRateLimiter(o => o.AddConcurrencyLimiter("llm", limiter => (limiter.PermitLimit, limiter.QueueLimit) = (32, 1_000)));
var app = builder.Build();
app.UseRateLimiter();
app.MapPost("/complete", CompleteAsync).RequireRateLimiting("llm");

        return app;
    }

    private static Task CompleteAsync(HttpContext context) => context.Response.WriteAsync("done");
}

internal static class After
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
builder.Services.AddKiwiBalancer("llm", o => o.Limit = 32)
    .AddClient("billing", weight: 3)
    .AddClient("reports")
    .AddGateway(o => o.ClientHeader = "X-Client");                    // whose request it is
var app = builder.Build();
app.UseKiwiBalancer();
app.MapPost("/complete", CompleteAsync).RequireKiwiBalancer("llm");

        return app;
    }

    private static Task CompleteAsync(HttpContext context) => context.Response.WriteAsync(context.Features.Get<IKiwiBalancerFeature>()!.Client.Name);
}

internal static class Configured
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi"))
    .AddGateway(builder.Configuration.GetSection("Kiwi"));            // one section may hold both
builder.Services.AddHealthChecks().AddKiwiBalancer();
var app = builder.Build();
app.UseKiwiBalancer();                                                // every request from here on takes a slot
app.MapHealthChecks("/health").DisableKiwiBalancer();                 // but for this

        app.MapGet("/", (HttpContext context) => context.Features.Get<IKiwiBalancerFeature>()!.Client.Name);
        return app;
    }
}
