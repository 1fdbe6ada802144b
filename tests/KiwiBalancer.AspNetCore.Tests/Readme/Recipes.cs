using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.AspNetCore.Tests.Readme;

internal sealed class Database(string text = "report")
{
    public Task<string> BuildReportAsync(CancellationToken cancellationToken) => Task.FromResult(text).WaitAsync(cancellationToken);
}

internal static class Recipes
{
    public static WebApplication PriorityByHeader(WebApplicationBuilder builder)
    {
builder.Services.AddKiwiBalancer(o => o.Limit = 32).AddClient("urgent", weight: 100).AddClient("normal")
    .AddGateway(o => o.SelectClient = context => context.Request.Headers["X-Priority"] == "high" ? "urgent" : "normal");

        builder.Services.AddSingleton(new Database());
        var app = builder.Build();
        app.UseKiwiBalancer();
        app.MapGet("/", (HttpContext context) => context.Features.Get<IKiwiBalancerFeature>()!.Client.Name);
app.MapGet("/report", async (HttpContext context, Database database) =>
{
    var report = await database.BuildReportAsync(context.RequestAborted);
    context.Features.Get<IKiwiBalancerFeature>()?.Lease.Dispose();    // the database is free for the next
    return Results.Text(report);                                      // however slowly this is read
});

        return app;
    }

    public static WebApplication Bulkheads(WebApplicationBuilder builder)
    {
builder.Services.AddKiwiBalancer(o => o.Limit = 32).AddClient("vip", weight: 10).AddGateway(o =>
{
    o.ClientClaim = "sub";
    o.UnknownClients = UnknownClients.Register;                       // each user is a client, forgotten when idle
    o.Visitor = new BalancerClientOptions { MaxInFlight = 4, MaxQueueLength = 50 };
});

        var app = builder.Build();
        app.UseKiwiBalancer();
        app.MapGet("/", (HttpContext context) => context.Features.Get<IKiwiBalancerFeature>()!.Client.Name);
        return app;
    }

    public static WebApplication WeightedEndpoints(WebApplicationBuilder builder)
    {
        builder.Services.AddKiwiBalancer("llm", o => o.Limit = 32).AddGateway();
        var app = builder.Build();
        app.UseKiwiBalancer();
app.MapGet("/documents/{id}", Read).RequireKiwiBalancer("llm");
app.MapPost("/documents", Write).RequireKiwiBalancer("llm", cost: 2);

app.MapPut("/limit/{value:int}", (int value, [FromKeyedServices("llm")] IBalancer balancer) => { balancer.Limit = value; }).DisableKiwiBalancer();

        return app;

        static string Read(string id, HttpContext context) => $"{id} {context.Features.Get<IKiwiBalancerFeature>()!.Lease.Cost}";
        static string Write(HttpContext context) => $"written {context.Features.Get<IKiwiBalancerFeature>()!.Lease.Cost}";
    }

    public static WebApplication QueueOfACluster(WebApplicationBuilder builder)
    {
builder.Services.AddKiwiBalancer("orders", o => (o.Limit, o.MaxQueueLength) = (10, 100)).AddGateway(o => o.FinishAborted = true);
var app = builder.Build();
app.UseKiwiBalancer();
app.MapGet("/orders/{**path}", ForwardAsync).RequireKiwiBalancer("orders");      // or, for all routes, app.MapReverseProxy().RequireKiwiBalancer("orders")

        return app;

        static Task ForwardAsync(HttpContext context, string path) => context.Response.WriteAsync(path);
    }
}
