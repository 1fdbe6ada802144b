using System.Threading.Channels;
using KiwiBalancer.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>An HTTP server on loopback that counts how much it is asked to do at once; each request runs until the test ends it.</summary>
internal sealed class WorkServer : IAsyncDisposable
{
    public const string KeyHeader = "X-Api-Key";

    private readonly Channel<WorkItem> _entered = Channel.CreateUnbounded<WorkItem>();
    private readonly WebApplication _app;
    private int _running;
    private int _most;

    private WorkServer(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public Uri Address => AddressOf(_app);

    /// <summary>The most requests that ever ran at once.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>Starts it; <paramref name="policy"/>: the rate limiter policy on its way in, if any.</summary>
    public static async Task<WorkServer> StartAsync(Action<WebApplicationBuilder>? build = null, string? policy = null)
    {
        var builder = NewBuilder();
        build?.Invoke(builder);
        var app = builder.Build();
        var server = new WorkServer(app);
        if (policy is not null)
        {
            app.UseRateLimiter();
        }

        var work = app.Map("/work", server.WorkAsync);
        if (policy is not null)
        {
            work.RequireRateLimiting(policy);
        }

        await app.StartAsync();
        return server;
    }

    public static WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        return builder;
    }

    public static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The next request that has begun.</summary>
    public Task<WorkItem> NextAsync() => _entered.Reader.ReadAsync().Within();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task WorkAsync(HttpContext context)
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = Most; running > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, running, most);
        }

        try
        {
            var item = new WorkItem(context.Request.Headers[KeyHeader].ToString());
            _entered.Writer.TryWrite(item);
            await item.Done.Task.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
