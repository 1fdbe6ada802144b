using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Requests;

public sealed class BalancerDisposalTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger _logger = new();
    private readonly GatedServer _server = new();
    private readonly GatedServer _deafServer = new() { IgnoresToken = true };
    private readonly WeightedBalancer _balancer;
    private readonly IClientHandle<int, int> _first;
    private readonly IClientHandle<int, int> _second;

    public BalancerDisposalTests()
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, ShutdownTimeout = Timeout }, _clock, _logger);
        _first = _balancer.Register("first").For(_server);
        _second = _balancer.Register("second").For(_deafServer);
    }

    [Fact]
    public async Task DisposeAsync_Idle_EndsAtOnce()
    {
        await _balancer.DisposeAsync().Within();

        Assert.Empty(_balancer.GetSnapshot().Clients);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public async Task DisposeAsync_AllClientsBusy_LetsAllFinishInParallel()
    {
        var requests = new[] { _first.SendAsync(1), _second.SendAsync(2), _first.SendAsync(3), _second.SendAsync(4) }.Select(request => request.AsTask()).ToArray();

        var disposal = _balancer.DisposeAsync().AsTask();

        // The one that was disposed last ends first: nobody waits for the client before it.
        _deafServer.Finish(2);
        _deafServer.Finish(4);
        Assert.Equal((2, 4), (await requests[1].Within(), await requests[3].Within()));
        Assert.False(disposal.IsCompleted);
        _server.Finish(1);
        _server.Finish(3);
        await disposal.Within();
        Assert.Equal((1, 3), (await requests[0].Within(), await requests[2].Within()));
        Assert.Equal(0, _logger.Collector.Count);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposeAsync_AtTheDeadline_RejectsWaitersAndCancelsRunning()
    {
        var running = new[] { _first.SendAsync(1).AsTask(), _first.SendAsync(2).AsTask() };
        var waiting = _second.SendAsync(3).AsTask();
        var disposal = _balancer.DisposeAsync().AsTask();

        _clock.Advance(Timeout - TimeSpan.FromTicks(1));
        Assert.False(running[0].IsCompleted || waiting.IsCompleted || disposal.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(RejectionReason.BalancerClosed, (await Assert.ThrowsAsync<BalancerRejectedException>(() => waiting.Within())).Reason);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running[0].Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running[1].Within());
        await disposal.Within();
        Assert.False(_deafServer.HasSeen(3));
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposeAsync_ServerIgnoresItsToken_ReturnsAfterTheGraceAndSaysSoWhileTheSlotStaysHeld()
    {
        var running = _second.SendAsync(1).AsTask();
        var disposal = _balancer.DisposeAsync().AsTask();
        _clock.Advance(Timeout);
        var token = await _deafServer.Entered(1);
        Eventually.True(() => token.IsCancellationRequested, "the server's token fires");

        Eventually.True(
            () =>
            {
                // In small steps, because the grace begins on another thread, whenever it is there.
                _clock.Advance(TimeSpan.FromMilliseconds(100));
                return disposal.IsCompleted;
            },
            "the disposal gives up");

        await disposal;
        Assert.Equal(1, _balancer.GetSnapshot().InFlight);
        var record = Assert.Single(_logger.Collector.GetSnapshot(), record => record.Id.Id == 1);
        Assert.Equal(LogLevel.Warning, record.Level);
        Assert.Contains("1 slots", record.Message, StringComparison.Ordinal);
        Assert.False(running.IsCompleted);
        _deafServer.Finish(1);
        Assert.Equal(1, await running.Within());
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposeAsync_SecondTimeLater_KeepsTheFirstDeadline()
    {
        var running = _first.SendAsync(1).AsTask();
        var disposals = new List<Task> { _balancer.DisposeAsync().AsTask() };
        _clock.Advance(Timeout / 2);
        disposals.Add(_balancer.DisposeAsync().AsTask());
        Assert.False(running.IsCompleted);

        _clock.Advance(Timeout / 2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        await Task.WhenAll(disposals).Within();
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_BeforeOrAfterAnAsyncOne_ForcesAtOnceAndDoesNotWait(bool isAsyncFirst)
    {
        var deaf = _second.SendAsync(1).AsTask();
        var running = _first.SendAsync(2).AsTask();
        var waiting = _first.SendAsync(3).AsTask();
        var disposal = isAsyncFirst ? _balancer.DisposeAsync().AsTask() : null;

        _balancer.Dispose();
        disposal ??= _balancer.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<BalancerRejectedException>(() => waiting.Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        Assert.False(deaf.IsCompleted || disposal.IsCompleted);
        _deafServer.Finish(1);
        Assert.Equal(1, await deaf.Within());
        await disposal.Within();
        _balancer.Dispose();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Dispose_FromManyThreadsAtOnce_EndsOnce()
    {
        var running = _first.SendAsync(1).AsTask();
        var waiting = Enumerable.Range(2, 10).Select(i => _second.SendAsync(i).AsTask()).ToArray();
        for (var i = 2; i < 12; i++)
        {
            _deafServer.Finish(i);
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
            {
                await _balancer.DisposeAsync();
            }
            else
            {
                _balancer.Dispose();
            }
        }))).Within();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        foreach (var task in waiting)
        {
            // Served before the disposal came, or rejected by it.
            await Task.WhenAny(task).Within();
            Assert.True(task.IsCompletedSuccessfully || task.Exception?.InnerException is BalancerRejectedException { Reason: RejectionReason.BalancerClosed });
        }

        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposeAsync_LimitIsZero_RejectsAtTheDeadline()
    {
        _balancer.Limit = 0;
        var waiting = _first.SendAsync(1).AsTask();
        var disposal = _balancer.DisposeAsync().AsTask();

        _clock.Advance(Timeout);

        Assert.Equal(RejectionReason.BalancerClosed, (await Assert.ThrowsAsync<BalancerRejectedException>(() => waiting.Within())).Reason);
        await disposal.Within();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposeAsync_AClientWasLeavingAlready_WaitsForItUnderTheSameDeadline()
    {
        var running = _first.SendAsync(1).AsTask();
        var leaving = _first.DisposeAsync().AsTask();
        var disposal = _balancer.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);

        _clock.Advance(Timeout);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        await Task.WhenAll(leaving, disposal).Within();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task EveryMember_AfterDisposalBegan_ThrowsAtOnceOrStillReads()
    {
        await _balancer.DisposeAsync().Within();

        Assert.Throws<ObjectDisposedException>(() => { _balancer.Limit = 3; });
        Assert.Throws<ObjectDisposedException>(() => _balancer.Register("late"));
        Assert.Throws<ObjectDisposedException>(() => _balancer.Reconfigure(new KiwiBalancerOptions { Limit = 3 }));
        Assert.Throws<ObjectDisposedException>(() => { _ = _first.SendAsync(1); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _first.AcquireAsync(); });
        Assert.Throws<ObjectDisposedException>(() => _first.TryAcquire(out _));

        Assert.Equal((2, "kiwi"), (_balancer.Limit, _balancer.Name));
        Assert.False(_balancer.TryGetClient("first", out _));
        Assert.Empty(_balancer.GetSnapshot().Clients);
    }

    public void Dispose() => _balancer.Dispose();
}
