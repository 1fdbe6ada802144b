using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.AspNetCore.Tests.Health;

/// <summary>Degraded when the backlog has been long for a while, and not before.</summary>
public sealed class HealthTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _callers = new();
    private readonly ServiceProvider _services;
    private readonly IClientHandle _client;
    private readonly List<ValueTask<SlotLease>> _sent = [];

    public HealthTests()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time);
        services.AddKiwiBalancer("gpu", o => (o.Limit, o.MaxQueueLength) = (1, 10)).AddClient("client");
        services.AddHealthChecks().AddKiwiBalancer("gpu", o => (o.BacklogPart, o.Duration) = (0.5, TimeSpan.FromSeconds(30)), tags: ["ready"]);
        _services = services.BuildServiceProvider();
        _client = _services.GetRequiredKeyedService<IClientHandle>("gpu/client");
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            hosted.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        Send(1);
    }

    [Fact]
    public async Task Check_WithALongBacklogForLong_IsDegradedThoughNobodyAskedMeanwhile()
    {
        Send(6);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(30));

        var report = await CheckAsync();

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Equal((6, 10, 1, 1), ((int)report.Data["waiting"], (int)report.Data["maxQueueLength"], (int)report.Data["limit"], (int)report.Data["inFlight"]));
    }

    [Fact]
    public async Task Check_WithALongBacklogForAShortWhile_IsHealthy()
    {
        Send(6);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(29));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Check_WithABacklogAtThePart_IsHealthy()
    {
        Send(5);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Check_AfterABreak_CountsAnew()
    {
        Send(6);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(28));
        await _callers.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Send(6, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(29));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Check_OverHttp_SaysDegradedAndNothingElse()
    {
        await using var app = await GatedApp.StartAsync(o => (o.Limit, o.MaxQueueLength) = (1, 1), _ => { }, builder =>
            builder.Services.AddHealthChecks().AddKiwiBalancer(configure: o => (o.BacklogPart, o.Duration) = (0.5, TimeSpan.Zero)), app => app.MapHealthChecks("/health").DisableKiwiBalancer());
        Assert.Equal("Healthy", await app.Http.GetStringAsync("/health").Within());
        await app.HoldAsync("x", "1");
        var waiting = app.SendAsync("x", "2");
        app.Waits(1);

        Assert.Equal("Degraded", await app.Http.GetStringAsync("/health").Within());

        app.Finish("1");
        app.Finish("2");
        await waiting.Within();
        app.CheckIntegrity();
    }

    [Theory]
    [InlineData(-0.1, 1)]
    [InlineData(1.1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.5, -1)]
    public void Adding_WithAValueOutsideItsRange_Throws(double part, int seconds) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new ServiceCollection().AddHealthChecks().AddKiwiBalancer(configure: o => (o.BacklogPart, o.Duration) = (part, TimeSpan.FromSeconds(seconds))));

    public async ValueTask DisposeAsync()
    {
        await _callers.CancelAsync();
        _services.GetRequiredKeyedService<IBalancer>("gpu").Dispose();
        await _services.DisposeAsync();
        _callers.Dispose();
    }

    private async Task<HealthReportEntry> CheckAsync()
    {
        var report = await _services.GetRequiredService<HealthCheckService>().CheckHealthAsync().Within();
        return report.Entries["kiwibalancer/gpu"];
    }

    private void Send(int count, CancellationToken? token = null)
    {
        for (var i = 0; i < count; i++)
        {
            _sent.Add(_client.AcquireOrRejectAsync(1, token ?? _callers.Token));
        }
    }
}
