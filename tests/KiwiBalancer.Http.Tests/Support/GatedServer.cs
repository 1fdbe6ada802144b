using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Http.Tests.Support;

/// <summary>A real server on loopback, and an application that calls it. <c>/{id}</c>: headers and the first half of the body at once if the id begins with <c>half</c>, the rest when the test says so.</summary>
internal sealed class GatedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly Func<HttpContext, Task<bool>> _first;
    private int _running;

    private GatedServer(Func<HttpContext, Task<bool>>? first)
    {
        _first = first ?? (static _ => Task.FromResult(false));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/{id}", HandleAsync);
    }

    public ServiceProvider Services { get; private set; } = null!;

    public IBalancer Balancer => Services.GetRequiredService<IBalancer>();

    public HttpClient Http => Services.GetRequiredService<IHttpClientFactory>().CreateClient("llm");

    /// <summary>Requests that the server has and has not answered.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <param name="limit">The balancer's.</param>
    /// <param name="client">Adds handlers to the client "llm", the balancer among them.</param>
    /// <param name="first">Answers a request in place of the gates, if it says so.</param>
    public static async Task<GatedServer> StartAsync(int limit, Action<IHttpClientBuilder> client, Func<HttpContext, Task<bool>>? first = null)
    {
        var server = new GatedServer(first);
        await server._app.StartAsync().Within();
        var services = new ServiceCollection().AddLogging();
        services.AddKiwiBalancer(o => (o.Limit, o.MaxQueueLength) = (limit, 1)).AddClient("llm").AddClient("billing").AddClient("reports");
        client(services.AddHttpClient("llm", http => (http.BaseAddress, http.Timeout) = (new Uri(server._app.Urls.Single()), Eventually.Watchdog)));
        server.Services = services.BuildServiceProvider();
        return server;
    }

    public Task Entered(string id) => GateOf(id).Entered.Task.Within();

    public bool HasEntered(string id) => GateOf(id).Entered.Task.IsCompleted;

    public void Finish(string id) => GateOf(id).Answer.TrySetResult();

    public int InFlight(string client) => Balancer.GetSnapshot().Clients.Single(one => one.Name == client).InFlight;

    public void Waits(int count) => Eventually.True(() => Balancer.GetSnapshot().Waiting == count, $"{count} calls wait");

    public void CheckIntegrity()
    {
        Eventually.True(() => Balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "every slot comes back");
        Assert.All(Balancer.GetSnapshot().Clients, client => Assert.Equal((0, 0), (client.InFlight, client.Waiting)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Answer.TrySetResult();
        }

        await Services.DisposeAsync();
        await _app.DisposeAsync().Within();
    }

    private async Task HandleAsync(HttpContext context, string id)
    {
        Interlocked.Increment(ref _running);
        try
        {
            if (await _first(context))
            {
                return;
            }

            var gate = GateOf(id);
            var isHalf = id.StartsWith("half", StringComparison.Ordinal);
            if (isHalf)
            {
                await context.Response.WriteAsync("first ");
                await context.Response.Body.FlushAsync();
            }

            gate.Entered.TrySetResult();
            await gate.Answer.Task.WaitAsync(context.RequestAborted);
            if (id.StartsWith("empty", StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            }
            else
            {
                await context.Response.WriteAsync(isHalf ? "second" : id);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private Gate GateOf(string id) => _gates.GetOrAdd(id, static _ => new Gate());

    private sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
