using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

public sealed class WorkloadShutdownTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(2);
    private readonly NumberedServer _server = new();

    public void Dispose() => _balancer.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DisposingTheClient_InTheMiddle_FinishesWhatWasPulledAndThenThrows(bool continues)
    {
        var workload = new WatchedWorkload(100);
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(workload, new() { MaxOutstanding = 4, ContinueOnError = continues }).ToErrorAsync();
        workload.WaitForPulled(4);
        _server.WaitFor(0, 1);

        var closing = client.DisposeAsync().AsTask();
        for (var request = 0; request < 4; request++)
        {
            _server.End(request);
        }

        await closing.Within();
        var (results, error) = await reading.Within();
        Assert.IsType<ObjectDisposedException>(error);
        Assert.Equal([0, 1, 2, 3], results.Select(result => result.Request).Order());
        Assert.All(results, result => Assert.True(result.IsSuccess));
        Assert.Equal((4, 1), (workload.Pulled, workload.Disposals));
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposingTheClient_AfterTheLastPull_YieldsAllAndEndsAsUsual()
    {
        var workload = new WatchedWorkload(3);
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(workload, new() { MaxOutstanding = 4 }).ToErrorAsync();
        Eventually.True(() => workload.Disposals == 1, "the workload has come to its end");

        var closing = client.DisposeAsync().AsTask();
        for (var request = 0; request < 3; request++)
        {
            _server.End(request);
        }

        await closing.Within();
        var (results, error) = await reading.Within();
        Assert.Null(error);
        Assert.Equal(3, results.Count);
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false, RejectionReason.ClientClosed)]
    [InlineData(true, RejectionReason.BalancerClosed)]
    public async Task DisposingByForce_InTheMiddle_RejectsTheWaiting(bool wholeBalancer, RejectionReason reason)
    {
        var workload = new WatchedWorkload(100);
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(workload, new() { MaxOutstanding = 4 }).ToErrorAsync();
        workload.WaitForPulled(4);
        _server.WaitFor(0, 1);
        Eventually.True(() => client.Waiting == 2, "two wait");

        ((IDisposable)(wholeBalancer ? _balancer : client)).Dispose();
        Eventually.True(() => client.Waiting == 0 && workload.Disposals == 1, "the waiting are rejected and the pulling stops");
        _server.EndAll();

        var (results, error) = await reading.Within();
        Assert.Equal(reason, Assert.IsType<BalancerRejectedException>(error).Reason);
        Assert.Equal([0, 1], results.Select(result => result.Request).Order());
        Assert.Equal([0, 1], _server.Started);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposingByForce_InTheMiddleWhileContinuing_YieldsTheRejectionsAndThenThrows()
    {
        var workload = new WatchedWorkload(100);
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(workload, new() { MaxOutstanding = 4, ContinueOnError = true }).ToErrorAsync();
        workload.WaitForPulled(4);
        _server.WaitFor(0, 1);
        Eventually.True(() => client.Waiting == 2, "two wait");

        _balancer.Dispose();
        _server.EndAll();

        var (results, error) = await reading.Within();
        Assert.IsType<ObjectDisposedException>(error);
        Assert.Equal(4, results.Count);
        Assert.Equal([2, 3], results.Where(result => result.Error is BalancerRejectedException { Reason: RejectionReason.BalancerClosed }).Select(result => result.Request).Order());
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposingByForce_RunningRequestsHeedTheirToken_AreCancelled()
    {
        var server = new NumberedServer(heedsTokens: true);
        var client = _balancer.Register("a").For(server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 100), new() { ContinueOnError = true }).ToErrorAsync();
        server.WaitFor(0, 1);

        client.Dispose();

        var (results, error) = await reading.Within();
        Assert.IsType<ObjectDisposedException>(error);
        Assert.Equal(2, results.Count(result => result.Error is OperationCanceledException));
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Disposing_WhileTheWorkloadStalls_EndsTheEnumeration(bool endsQuietly, bool byForce)
    {
        var workload = new WatchedWorkload(100) { StallsAt = 1, EndsQuietly = endsQuietly };
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));
        var reading = client.SendAllAsync(workload).ToErrorAsync();
        Eventually.True(() => workload.Pulled == 1 && workload.IsBeingPulled, "the workload stalls");

        if (byForce)
        {
            _balancer.Dispose();
        }
        else
        {
            await _balancer.DisposeAsync().Within();
        }

        var (results, error) = await reading.Within();
        Assert.IsType<ObjectDisposedException>(error);
        Assert.Equal([0], results.Select(result => result.Request));
        Assert.Equal(1, workload.Disposals);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task DisposingTheClient_WhileARequestIsPulled_DropsItAndThrows()
    {
        IClientHandle<int, int>? client = null;
        var workload = new WatchedWorkload(100)
        {
            BeforePull = index =>
            {
                if (index == 2)
                {
                    _ = client!.DisposeAsync().AsTask();
                }
            },
        };
        client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));

        var (results, error) = await client.SendAllAsync(workload).ToErrorAsync().Within();

        Assert.IsType<ObjectDisposedException>(error);
        Assert.Equal([0, 1], results.Select(result => result.Request).Order());
        Assert.Equal((3, 1), (workload.Pulled, workload.Disposals));
        Integrity.Check(_balancer);
    }
}
