using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

/// <summary>One number is the demand, the bound of memory and the back-pressure of a workload.</summary>
public sealed class WorkloadWindowTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(4);
    private readonly NumberedServer _server = new(heedsTokens: true);
    private readonly WatchedWorkload _workload = new(1000);

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public async Task SendAll_ServerThatDoesNotAnswer_PullsTheWindowAndNoMore()
    {
        var client = _balancer.Register("a").For(_server);

        await using (var results = Start(client, window: 7))
        {
            var first = results.MoveNextAsync();
            _workload.WaitForPulled(7);
            _server.WaitFor(0, 1, 2, 3);
            Assert.Equal(3, client.Waiting);

            _server.End(1);
            Assert.True(await first.Within());
            Assert.Equal((1, 10), (results.Current.Request, results.Current.Response));
            _workload.WaitForPulled(8);
            _server.WaitFor(0, 2, 3, 4);
        }

        Assert.Equal(8, _workload.Pulled);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_ReaderThatDoesNotRead_StopsPullingAndHoldsNoSlot()
    {
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));

        await using (var results = Start(client, window: 3))
        {
            Assert.True(await results.MoveNextAsync().Within());
            _workload.WaitForPulled(4);
            Eventually.True(() => client.InFlight == 0 && !_workload.IsBeingPulled, "the pulled requests end");

            Assert.True(await results.MoveNextAsync().Within());
            _workload.WaitForPulled(5);
            Eventually.True(() => client.InFlight == 0 && !_workload.IsBeingPulled, "the pulled requests end");
            Assert.Equal(5, _workload.Pulled);
        }

        Assert.Equal(1, _workload.Disposals);
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task SendAll_AtEveryPull_NoMoreThanTheWindowIsOutstanding(int window)
    {
        var yielded = 0;
        var most = 0;
        var workload = new WatchedWorkload(500) { BeforePull = index => most = Math.Max(most, index + 1 - Volatile.Read(ref yielded)) };
        var client = _balancer.Register("a").For(static async (int request, CancellationToken _) =>
        {
            await Task.Yield();
            return request;
        });

        var results = await client.SendAllAsync(workload, new() { MaxOutstanding = window }).ReadAsync(_ => Interlocked.Increment(ref yielded)).Within();

        // One more than the window: the result that is in the reader's hands and that the test has not counted yet.
        Assert.InRange(most, 1, window + 1);
        Assert.Equal(Enumerable.Range(0, 500), results.Select(result => result.Request).Order());
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_NoWindowGiven_TakesTheLimit() => await Pulls(4, _balancer.Register("a"));

    [Fact]
    public async Task SendAll_NoWindowGivenAndACap_TakesTheCap() =>
        await Pulls(2, _balancer.Register(new BalancerClientOptions { MaxInFlight = 2 }));

    [Fact]
    public async Task SendAll_NoWindowGivenAndABalancerAtPause_TakesTheConfiguredLimit()
    {
        _balancer.Limit = 0;
        await Pulls(4, _balancer.Register("a"), running: 0);
    }

    [Fact]
    public async Task SendAll_LimitRaised_TheWindowFollowsWithTheNextResult()
    {
        var client = _balancer.Register("a").For(_server);

        await using (var results = Start(client, window: null))
        {
            var first = results.MoveNextAsync();
            _server.WaitFor(0, 1, 2, 3);
            _balancer.Limit = 6;
            _server.End(0);
            Assert.True(await first.Within());
            _server.WaitFor(1, 2, 3, 4, 5, 6);

            _balancer.Limit = 2;
            var second = results.MoveNextAsync();
            _server.End(1);
            Assert.True(await second.Within());
            Eventually.True(() => !_workload.IsBeingPulled, "nobody pulls");
            Assert.Equal(7, _workload.Pulled);
        }

        Integrity.Check(_balancer);
    }

    private async Task Pulls(int expected, IClientHandle handle, int? running = null)
    {
        var client = handle.For(_server);
        await using (var results = Start(client, window: null))
        {
            var first = results.MoveNextAsync();
            _workload.WaitForPulled(expected);
            Eventually.True(() => _server.Running.Length == (running ?? expected), "the pulled requests run");
            Eventually.True(() => client.InFlight + client.Waiting == expected, "all of them are sent");
            Assert.Equal(expected, _workload.Pulled);
            _balancer.Limit = 4;
            Eventually.True(() => _server.Running.Length == expected, "the pulled requests run");
            _server.End(0);
            Assert.True(await first.Within());
        }

        Integrity.Check(_balancer);
    }

    private IAsyncEnumerator<SendResult<int, int>> Start(IClientHandle<int, int> client, int? window) =>
        client.SendAllAsync(_workload, new() { MaxOutstanding = window }).GetAsyncEnumerator();
}
