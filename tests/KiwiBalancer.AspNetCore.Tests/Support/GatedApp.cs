using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KiwiBalancer.AspNetCore.Tests.Support;

/// <summary>A real application on a real port of loopback. Requests of <c>/jobs/{client}/{id}</c> are handled until the test ends them.</summary>
internal sealed class GatedApp : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private WebApplication? _app;

    private GatedApp()
    {
    }

    public HttpClient Http { get; private set; } = null!;

    public FakeLogCollector Log { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public IBalancer Balancer => Services.GetRequiredService<IBalancer>();

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>The default balancer is the gateway of all of it.</summary>
    public static Task<GatedApp> StartAsync(Action<KiwiBalancerOptions> balancer, Action<BalancerGatewayOptions> gateway, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null) =>
        StartAsync(
            builder =>
            {
                builder.Services.AddKiwiBalancer(balancer).AddGateway(gateway);
                configure?.Invoke(builder);
            },
            app =>
            {
                app.UseKiwiBalancer();
                map?.Invoke(app);
            });

    public static async Task<GatedApp> StartAsync(Action<WebApplicationBuilder> configure, Action<WebApplication> map)
    {
        var made = new GatedApp();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(made.Log));
        configure(builder);
        var app = builder.Build();
        made._app = app;
        try
        {
            map(app);
            app.MapGet("/jobs/{client}/{id}", made.WorkAsync);
            await app.StartAsync().Within();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        made.Http = new HttpClient { BaseAddress = made.Address, Timeout = Eventually.Watchdog };
        return made;
    }

    /// <summary>Sends a request that is handled until the test finishes it.</summary>
    public Task<HttpResponseMessage> SendAsync(string client, string id, CancellationToken cancellationToken = default, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/jobs/{client}/{id}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Sends one and waits until it is being handled.</summary>
    public async Task<Task<HttpResponseMessage>> HoldAsync(string client, string id, params (string Name, string Value)[] headers)
    {
        var sent = SendAsync(client, id, CancellationToken.None, headers);
        await Entered(id);
        return sent;
    }

    /// <summary>The request's <c>RequestAborted</c>, once it is handled.</summary>
    public Task<CancellationToken> Entered(string id) => GateOf(id).Entered.Task.Within();

    public bool HasEntered(string id) => GateOf(id).Entered.Task.IsCompleted;

    /// <summary>Whether the request's handler has ended.</summary>
    public Task Ended(string id) => GateOf(id).Ended.Task.Within();

    public void Finish(string id) => GateOf(id).Answer.TrySetResult();

    public void Waits(int count) => Eventually.True(() => Balancer.GetSnapshot().Waiting == count, $"{count} requests wait");

    public ClientSnapshot Client(string name) => Balancer.GetSnapshot().Clients.Single(client => client.Name == name);

    /// <summary>No slot held, nobody waiting.</summary>
    public void CheckIntegrity() => CheckIntegrity(Balancer);

    public static void CheckIntegrity(IBalancer balancer)
    {
        Eventually.True(() => balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "every slot comes back");
        Assert.All(balancer.GetSnapshot().Clients, client => Assert.Equal((0, 0), (client.InFlight, client.Waiting)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Answer.TrySetResult();
        }

        Http.Dispose();
        await _app!.DisposeAsync().Within();
    }

    private async Task WorkAsync(HttpContext context, string id)
    {
        var gate = GateOf(id);
        gate.Entered.TrySetResult(context.RequestAborted);
        try
        {
            await gate.Answer.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(id);
        }
        finally
        {
            gate.Ended.TrySetResult();
        }
    }

    private Gate GateOf(string id) => _gates.GetOrAdd(id, static _ => new Gate());

    private sealed class Gate
    {
        public TaskCompletionSource<CancellationToken> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
