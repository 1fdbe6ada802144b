using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Server;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Tests.Load;

public sealed class LimitControlTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _patience = new(Watchdog);
    private readonly WeightedBalancer _balancer = new(2);
    private readonly Scenario _scenario = new(2, [("a", 1)], [new PlannedRequest(0, default, default)]);

    public async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Want_More_ReachesTheServerBeforeTheBalancer()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 2, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        var control = new LimitControl(2, _balancer, server, new LoadChanges(_scenario, Sharing.Weighted));

        control.Want(5, pause: false);
        while (_balancer.Limit != 5)
        {
            _patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(5, (await server.ReadStateAsync(_patience.Token)).Limit);
        await control.FinishAsync().WaitAsync(Watchdog);
    }

    [Fact]
    public async Task Want_LessThanIsInFlight_LeavesTheServerAsItIsUntilThatHasEnded()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 2, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        IClientHandle client = _balancer.Register("a", 1);
        SlotLease first = await client.AcquireAsync(_patience.Token);
        SlotLease second = await client.AcquireAsync(_patience.Token);
        var control = new LimitControl(2, _balancer, server, new LoadChanges(_scenario, Sharing.Weighted));

        control.Want(1, pause: false);
        while (_balancer.Limit != 1)
        {
            _patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(2, (await server.ReadStateAsync(_patience.Token)).Limit);
        first.Dispose();
        await control.FinishAsync().WaitAsync(Watchdog);
        Assert.Equal(1, (await server.ReadStateAsync(_patience.Token)).Limit);
        second.Dispose();
    }

    [Fact]
    public async Task Want_Pause_StopsTheBalancerAndNotTheServer()
    {
        await using ServerProcess process = await ServerProcess.StartAsync(limit: 2, clients: 1, capacity: 10, _patience.Token);
        using var server = new ServerConnection(process.Port);
        var changes = new LoadChanges(_scenario, Sharing.Weighted);
        var control = new LimitControl(2, _balancer, server, changes);

        control.Want(2, pause: true);
        control.Want(3, pause: true);
        control.Want(3, pause: false);
        await control.FinishAsync().WaitAsync(Watchdog);

        Assert.Equal(3, _balancer.Limit);
        Assert.Equal([2, 0, 3], changes.Terms.Select(t => t.Limit));
        Assert.Equal("paused, resumed", string.Join(", ", changes.Events(0).Select(e => e.Text)));
    }
}
