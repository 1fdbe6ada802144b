using System.Diagnostics;
using System.Net;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Server;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Tests.Server;

public sealed class ServerProcessTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _patience = new(Watchdog);

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Server_SentMoreThanItsLimit_Answers503AndRecordsTheViolation()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 1, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        Task first = server.ProcessAsync(new WorkRequest(0, 0, 1, TimeSpan.FromHours(1)), _patience.Token).AsTask();
        while ((await server.ReadStateAsync(_patience.Token)).InFlight == 0)
        {
        }

        var broke = await Assert.ThrowsAsync<HttpRequestException>(
            () => server.ProcessAsync(new WorkRequest(1, 0, 1, TimeSpan.Zero), _patience.Token).AsTask());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, broke.StatusCode);
        Assert.False(first.IsCompleted);
        ServerState state = await server.ReadStateAsync(_patience.Token);
        Assert.Equal((1, 2, 1, 0), (state.InFlight, state.MaxInFlight, state.Violations, state.Served));
    }

    [Fact]
    public async Task Server_SentARequest_HoldsItForItsTimeOrLonger()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 3, clients: 2, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);

        await server.ProcessAsync(new WorkRequest(0, 1, 2, TimeSpan.FromMilliseconds(20.5)), _patience.Token);

        HoldRecord hold = Assert.Single(await server.ReadLogAsync(_patience.Token));
        Assert.Equal((1, 2), (hold.Client, hold.Cost));
        Assert.True(Stopwatch.GetElapsedTime(hold.Entered, hold.Left) >= TimeSpan.FromMilliseconds(20.5));
        ServerState state = await server.ReadStateAsync(_patience.Token);
        Assert.Equal((0, 2, 0, 1), (state.InFlight, state.MaxInFlight, state.Violations, state.Served));
    }

    [Fact]
    public async Task Server_SentARequestThatComesTooLate_RefusesItAndHoldsNothing()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 1, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        long now = Stopwatch.GetTimestamp();

        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => server.ProcessAsync(new WorkRequest(0, 0, 1, TimeSpan.Zero) { StartBy = now }, _patience.Token).AsTask());
        await server.ProcessAsync(new WorkRequest(0, 0, 1, TimeSpan.Zero) { StartBy = now + (600 * Stopwatch.Frequency) }, _patience.Token);

        Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
        ServerState state = await server.ReadStateAsync(_patience.Token);
        Assert.Equal((0, 1, 0, 1, 1), (state.InFlight, state.MaxInFlight, state.Violations, state.Late, state.Served));
    }

    [Fact]
    public async Task Reset_AfterRequests_ForgetsThem()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 2, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        await server.ProcessAsync(new WorkRequest(0, 0, 2, TimeSpan.Zero), _patience.Token);

        await server.ResetAsync(_patience.Token);

        ServerState state = await server.ReadStateAsync(_patience.Token);
        Assert.Equal((0, 0, 0, 0), (state.InFlight, state.MaxInFlight, state.Violations, state.Served));
        Assert.Empty(await server.ReadLogAsync(_patience.Token));
    }

    [Fact]
    public async Task DisposeAsync_WhileARequestRuns_EndsTheProcess()
    {
        ServerProcess process = await ServerProcess.StartAsync(limit: 1, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        Task running = server.ProcessAsync(new WorkRequest(0, 0, 1, TimeSpan.FromHours(1)), _patience.Token).AsTask();

        await process.DisposeAsync().AsTask().WaitAsync(Watchdog);

        await Assert.ThrowsAsync<HttpRequestException>(() => running);
    }
}
