using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

public sealed class ClientDisposalTests : IDisposable
{
    private readonly GatedServer _server = new();
    private readonly WeightedBalancer _balancer = new(1);
    private readonly IClientHandle<int, int> _client;
    private readonly IClientHandle<int, int> _other;
    private readonly Task<int> _running;
    private readonly Task<int> _waiting;

    public ClientDisposalTests()
    {
        _client = _balancer.Register("leaving").For(_server);
        _other = _balancer.Register("staying").For(_server);
        _running = _client.SendAsync(1).AsTask();
        _waiting = _client.SendAsync(2).AsTask();
    }

    [Fact]
    public async Task DisposeAsync_RunningAndWaiting_LetsThemFinishAndHandsTheSlotOn()
    {
        var next = _other.SendAsync(3).AsTask();

        var disposal = _client.DisposeAsync().AsTask();

        Assert.False((await _server.Entered(1)).IsCancellationRequested);
        Assert.False(disposal.IsCompleted);
        _server.Finish(1);
        _server.Finish(2);
        _server.Finish(3);
        Assert.Equal((1, 2, 3), (await _running.Within(), await _waiting.Within(), await next.Within()));
        await disposal.Within();
        Assert.Equal("staying", Assert.Single(_balancer.GetSnapshot().Clients).Name);
    }

    [Fact]
    public async Task Dispose_RunningAndWaiting_RejectsAndCancelsWithoutWaiting()
    {
        var next = _other.SendAsync(3).AsTask();

        _client.Dispose();

        var rejection = await Assert.ThrowsAsync<BalancerRejectedException>(() => _waiting.Within());
        Assert.Equal((RejectionReason.ClientClosed, "leaving"), (rejection.Reason, rejection.Client));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.Within());
        _server.Finish(3);
        Assert.Equal(3, await next.Within());
        Assert.False(_server.HasSeen(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_InEitherOrderAndAgain_EndsOnce(bool isAsyncFirst)
    {
        var disposals = new List<Task>();
        if (isAsyncFirst)
        {
            disposals.Add(_client.DisposeAsync().AsTask());
        }

        _client.Dispose();
        disposals.Add(_client.DisposeAsync().AsTask());
        _client.Dispose();

        await Task.WhenAll(disposals).Within();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.Within());
        await Assert.ThrowsAsync<BalancerRejectedException>(() => _waiting.Within());
    }

    [Fact]
    public async Task Dispose_FromManyThreadsAtOnce_EndsOnce()
    {
        var disposals = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
            {
                await _client.DisposeAsync();
            }
            else
            {
                _client.Dispose();
            }
        })).ToArray();

        await Task.WhenAll(disposals).Within();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.Within());
        await Assert.ThrowsAsync<BalancerRejectedException>(() => _waiting.Within());
    }

    [Fact]
    public async Task DisposeAsync_LimitIsZero_WaitsForTheLimit()
    {
        _balancer.Limit = 0;
        _server.Finish(1);
        await _running.Within();

        var disposal = _client.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        _balancer.Limit = 1;
        _server.Finish(2);

        Assert.Equal(2, await _waiting.Within());
        await disposal.Within();
    }

    [Fact]
    public async Task Dispose_LimitIsZero_RejectsAtOnce()
    {
        _balancer.Limit = 0;

        _client.Dispose();

        await Assert.ThrowsAsync<BalancerRejectedException>(() => _waiting.Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.Within());
    }

    [Fact]
    public void Register_NameOfAClientThatIsLeaving_IsFree()
    {
        Assert.Throws<ArgumentException>(() => _balancer.Register("leaving"));
        var disposal = _client.DisposeAsync().AsTask();

        var heir = _balancer.Register("leaving");

        Assert.False(disposal.IsCompleted);
        Assert.True(_balancer.TryGetClient("leaving", out var found));
        Assert.Same(heir, found);
        Assert.Equal(["leaving", "leaving", "staying"], _balancer.GetSnapshot().Clients.Select(client => client.Name).ToArray());
        _client.Dispose();
        Assert.True(_balancer.TryGetClient("leaving", out _));
    }

    [Fact]
    public void EveryMember_AfterDisposalBegan_ThrowsAtOnceOrStillReads()
    {
        _client.Dispose();
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<ObjectDisposedException>(() => { _ = _client.SendAsync(9); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _client.SendAsync(9, source.Token); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _client.RunAsync(static _ => new ValueTask<int>(7)); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _client.AcquireAsync(); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _client.AcquireAsync(source.Token); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _client.AcquireAsync(1); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _client.AcquireOrRejectAsync(); });
        Assert.Throws<ObjectDisposedException>(() => _client.TryAcquire(out _));
        Assert.Throws<ObjectDisposedException>(() => _client.TryAcquire(1, out _));
        Assert.Throws<ObjectDisposedException>(() => _client.Weight = 2);
        Assert.Throws<ObjectDisposedException>(() => _client.Reconfigure(new BalancerClientOptions()));

        Assert.Equal(("leaving", 1), (_client.Name, _client.Weight));
        Assert.InRange(_client.InFlight, 0, 1);
        Assert.Contains("closed", _client.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Finish(1);
        _server.Finish(2);
        Eventually.True(() => _balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "everything ends");
        Integrity.Check(_balancer);
        _balancer.Dispose();
    }
}
