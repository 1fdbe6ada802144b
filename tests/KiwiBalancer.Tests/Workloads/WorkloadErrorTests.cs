using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

public sealed class WorkloadErrorTests : IDisposable
{
    private static readonly InvalidOperationException Broken = new("broken");

    private readonly WeightedBalancer _balancer = new(2);
    // Heeds tokens, so that a token that fires for a running request is noticed.
    private readonly NumberedServer _server = new(heedsTokens: true);

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public async Task SendAll_ARequestFails_StopsPullingDropsTheWaitingAndLetsTheRunningEnd()
    {
        var workload = new WatchedWorkload(100);
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(workload, new() { MaxOutstanding = 5 }).ToErrorAsync();
        workload.WaitForPulled(5);
        _server.WaitFor(0, 1);

        _server.Fail(0, Broken);
        Eventually.True(() => client.Waiting == 0, "the waiting requests leave the queue");
        Eventually.True(() => workload.Disposals == 1, "the pulling stops");
        Assert.False(reading.IsCompleted);
        foreach (var request in _server.Running)
        {
            _server.End(request);
        }

        var (results, error) = await reading.Within();

        Assert.Same(Broken, error);
        Assert.Contains(results, result => result is { Request: 1, Response: 10 });
        Assert.Equal(_server.Started.Length - 1, results.Count);
        Assert.Equal(5, workload.Pulled);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_SeveralFail_ThrowsTheFirst()
    {
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 2)).ToErrorAsync();
        _server.WaitFor(0, 1);

        _server.Fail(1, Broken);
        Eventually.True(() => client.InFlight == 1, "the first failure is seen");
        _server.Fail(0, new InvalidOperationException("late"));

        var (results, error) = await reading.Within();
        Assert.Empty(results);
        Assert.Same(Broken, error);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_ContinuingOnError_YieldsFailuresAsResults()
    {
        var client = _balancer.Register("a").For(static (int request, CancellationToken _) => request % 3 == 0 ? throw Broken : ValueTask.FromResult(request * 10));

        var results = await client.SendAllAsync(Enumerable.Range(0, 30), new() { ContinueOnError = true }).ReadAsync().Within();

        Assert.Equal(Enumerable.Range(0, 30), results.Select(result => result.Request).Order());
        Assert.All(results, result =>
        {
            Assert.Equal(result.Request, result.Index);
            Assert.Equal(result.Request % 3 != 0, result.IsSuccess);
            if (result.IsSuccess)
            {
                Assert.Equal(result.Request * 10, result.Response);
            }
            else
            {
                Assert.Same(Broken, result.Error);
                Assert.Same(Broken, Assert.Throws<InvalidOperationException>(() => result.Response));
            }
        });
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAll_CostOutsideItsRange_IsThatRequestsError(bool continues)
    {
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request), cost: request => request == 1 ? 3 : 1);

        var (results, error) = await client.SendAllAsync(Enumerable.Range(0, 4), new() { ContinueOnError = continues }).ToErrorAsync().Within();

        if (continues)
        {
            Assert.Null(error);
            Assert.Equal([0, 1, 2, 3], results.Select(result => result.Request).Order());
            Assert.IsType<ArgumentOutOfRangeException>(results.Single(result => result.Request == 1).Error);
        }
        else
        {
            Assert.IsType<ArgumentOutOfRangeException>(error);
        }

        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_TheWorkloadThrows_DropsTheWaitingAndThrowsWhenTheRunningHaveEnded()
    {
        var workload = new WatchedWorkload(100) { BeforePull = static index => Throw(index == 4) };
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(workload, new() { MaxOutstanding = 50 }).ToErrorAsync();

        Eventually.True(() => workload.Disposals == 1 && client.Waiting == 0, "the pulling stops and the waiting leave");
        _server.WaitFor(0, 1);
        Assert.False(reading.IsCompleted);
        _server.EndAll();

        var (results, error) = await reading.Within();
        Assert.Same(Broken, error);
        Assert.Equal([0, 1], results.Select(result => result.Request).Order());
        Assert.Equal([0, 1], _server.Started);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_TheWorkloadThrowsWhileContinuing_SendsWhatWasPulledAndThenThrows()
    {
        var workload = new WatchedWorkload(100) { BeforePull = static index => Throw(index == 4) };
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));

        var (results, error) = await client.SendAllAsync(workload, new() { ContinueOnError = true }).ToErrorAsync().Within();

        Assert.Same(Broken, error);
        Assert.Equal([0, 1, 2, 3], results.Select(result => result.Request).Order());
        Assert.Equal(1, workload.Disposals);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_TheWorkloadsDisposalThrows_ThrowsAfterAllResults()
    {
        var workload = new WatchedWorkload(3) { AtDisposal = Broken };
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));

        var (results, error) = await client.SendAllAsync(workload, new() { ContinueOnError = true }).ToErrorAsync().Within();

        Assert.Same(Broken, error);
        Assert.Equal(3, results.Count);
        Integrity.Check(_balancer);
    }

    [Fact]
    public void SendAll_WrongArguments_ThrowsAtTheCall()
    {
        var client = _balancer.Register("a").For(_server);

        Assert.Throws<ArgumentNullException>("workload", () => client.SendAllAsync((IAsyncEnumerable<int>)null!));
        Assert.Throws<ArgumentNullException>("workload", () => client.SendAllAsync((IEnumerable<int>)null!));
        Assert.Throws<ArgumentNullException>("client", () => ((IClientHandle<int, int>)null!).SendAllAsync([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.SendAllAsync([1], new() { MaxOutstanding = 0 }));
        client.Dispose();
        Assert.Throws<ObjectDisposedException>(() => client.SendAllAsync([1]));
    }

    private static void Throw(bool now)
    {
        if (now)
        {
            throw Broken;
        }
    }
}
