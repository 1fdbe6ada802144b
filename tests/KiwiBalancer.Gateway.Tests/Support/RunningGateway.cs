using KiwiBalancer.Fragile;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KiwiBalancer.Gateway.Tests.Support;

/// <summary>The gateway in this process, in front of a fragile server in another.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private RunningGateway(ServerProcess upstream, SettingsFolder settings)
    {
        Upstream = upstream;
        Settings = settings;
    }

    public ServerProcess Upstream { get; private set; }

    public SettingsFolder Settings { get; }

    public FakeLogCollector Log { get; } = new();

    public WebApplication App { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => new(App.Urls.Single());

    public IBalancer Balancer => App.Services.GetRequiredService<IBalancer>();

    public string UpstreamAddress => $"http://127.0.0.1:{Upstream.Port}";

    public static async Task<RunningGateway> StartAsync(Func<string, string>? settings = null, int limit = 32, LogLevel log = LogLevel.Warning)
    {
        var upstream = await ServerProcess.StartAsync(limit, clients: 3, capacity: 30_000, CancellationToken.None).Within();
        var address = $"http://127.0.0.1:{upstream.Port}";
        var gateway = new RunningGateway(upstream, new SettingsFolder(settings?.Invoke(address) ?? SettingsText.With(address)));
        try
        {
            gateway.App = GatewayApp.Build(gateway.Settings.Arguments, builder => builder.Logging.ClearProviders().SetMinimumLevel(log).AddProvider(new FakeLoggerProvider(gateway.Log)));
            await gateway.App.StartAsync().Within();
            gateway.Http = new HttpClient { BaseAddress = gateway.Address, Timeout = Eventually.Watchdog };
            return gateway;
        }
        catch
        {
            await upstream.DisposeAsync();
            gateway.Settings.Dispose();
            throw;
        }
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? key = "secret-a", string? operatorKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        if (operatorKey is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {operatorKey}");
        }

        return Http.SendAsync(request).Within();
    }

    /// <summary>What the server itself has counted, asked past the gateway.</summary>
    public async Task<ServerState> UpstreamStateAsync()
    {
        using var direct = new HttpClient();
        return ServerState.Parse(await direct.GetStringAsync(UpstreamAddress + ServerPath.State).Within());
    }

    public async Task<HoldRecord[]> UpstreamLogAsync()
    {
        using var direct = new HttpClient();
        return HoldLog.FromBytes(await direct.GetByteArrayAsync(UpstreamAddress + ServerPath.Log).Within());
    }

    /// <summary>Kills the server's process and starts another at its address.</summary>
    public async Task RestartUpstreamAsync(int limit)
    {
        var port = Upstream.Port;
        await Upstream.KillAsync().Within();
        await Upstream.DisposeAsync();
        Upstream = await ServerProcess.StartAsync(limit, clients: 3, capacity: 30_000, CancellationToken.None, port).Within();
    }

    public void CheckIntegrity() => Eventually.True(() => Balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "every slot comes back");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync().Within();
        await Upstream.DisposeAsync();
        Settings.Dispose();
    }
}
