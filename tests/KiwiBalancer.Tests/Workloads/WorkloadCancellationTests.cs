using KiwiBalancer.Clients;
using KiwiBalancer.Tests.Support;
using KiwiBalancer.Workloads;

namespace KiwiBalancer.Tests.Workloads;

public sealed class WorkloadCancellationTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(2);
    private readonly NumberedServer _server = new(heedsTokens: true);
    private readonly CancellationTokenSource _cancel = new();

    public void Dispose()
    {
        _balancer.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task SendAll_LeftEarly_CancelsWhatIsLeftAndGivesEverySlotBack()
    {
        var workload = new WatchedWorkload(100);
        var client = _balancer.Register("a").For(_server);
        var results = client.SendAllAsync(workload, new() { MaxOutstanding = 6 }).GetAsyncEnumerator();
        var first = results.MoveNextAsync();
        _server.End(0);
        Assert.True(await first.Within());
        workload.WaitForPulled(7);
        Eventually.True(() => _server.Running.Length == 2, "two run");

        await results.DisposeAsync().Within();

        // At the return, not some time later.
        Assert.Equal((0, 0), (client.InFlight, client.Waiting));
        Assert.Empty(_server.Running);
        Assert.Equal((3, 7, 1), (_server.Started.Length, workload.Pulled, workload.Disposals));
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_LeftEarlyWithAServerThatHeedsNoToken_ReturnsWhenTheRunningHaveEnded()
    {
        var server = new NumberedServer();
        var client = _balancer.Register("a").For(server);
        var results = client.SendAllAsync(Enumerable.Range(0, 100), new() { MaxOutstanding = 6 }).GetAsyncEnumerator();
        var first = results.MoveNextAsync();
        server.End(0);
        Assert.True(await first.Within());
        server.WaitFor(1, 2);

        var leaving = results.DisposeAsync().AsTask();
        Eventually.True(() => client.Waiting == 0, "the waiting leave");
        Assert.Equal(2, client.InFlight);
        Assert.False(leaving.IsCompleted);
        server.End(1);
        server.End(2);

        await leaving.Within();
        Assert.Equal([0, 1, 2], server.Started);
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task SendAll_Cancelled_ThrowsWithTheCallersTokenAndGivesEverySlotBack(bool byTheEnumerator, bool continues)
    {
        var workload = new WatchedWorkload(100);
        var client = _balancer.Register("a").For(_server);
        var options = new SendAllOptions { MaxOutstanding = 6, ContinueOnError = continues };
        using var other = new CancellationTokenSource();
        var results = byTheEnumerator ? client.SendAllAsync(workload, options, other.Token) : client.SendAllAsync(workload, options, _cancel.Token);
        var enumerator = results.GetAsyncEnumerator(byTheEnumerator ? _cancel.Token : other.Token);
        var first = enumerator.MoveNextAsync();
        workload.WaitForPulled(6);
        _server.WaitFor(0, 1);

        await _cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => first.Within());
        Assert.Equal(_cancel.Token, error.CancellationToken);
        Assert.Equal((0, 0), (client.InFlight, client.Waiting));
        Assert.Equal([0, 1], _server.Started);
        Assert.Equal(1, workload.Disposals);
        await enumerator.DisposeAsync().Within();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_CancelledWithAServerThatHeedsNoToken_ThrowsWhenTheRunningHaveEnded()
    {
        var server = new NumberedServer();
        var client = _balancer.Register("a").For(server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 100), cancellationToken: _cancel.Token).ToErrorAsync();
        server.WaitFor(0, 1);

        await _cancel.CancelAsync();
        server.End(0);
        Eventually.True(() => client.InFlight == 1, "one has ended");
        Assert.False(reading.IsCompleted);
        server.End(1);

        var (results, error) = await reading.Within();
        Assert.Equal(_cancel.Token, Assert.IsType<OperationCanceledException>(error).CancellationToken);
        Assert.Empty(results);
        Assert.Equal([0, 1], server.Started);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_CancelledServerFailsInItsOwnWay_TheCallerIsToldOfTheCancellation()
    {
        var client = _balancer.Register("a").For(static async (int request, CancellationToken token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return request >= 0 ? throw new InvalidOperationException("aborted") : 0;
        });
        var reading = client.SendAllAsync(Enumerable.Range(0, 100), cancellationToken: _cancel.Token).ToErrorAsync();
        Eventually.True(() => client.InFlight == 2, "two run");

        await _cancel.CancelAsync();

        Assert.IsType<OperationCanceledException>((await reading.Within()).Error);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_CancelledBefore_SendsNothing()
    {
        var workload = new WatchedWorkload(100);
        await _cancel.CancelAsync();

        var (results, error) = await _balancer.Register("a").For(_server).SendAllAsync(workload, cancellationToken: _cancel.Token).ToErrorAsync().Within();

        Assert.Equal(_cancel.Token, Assert.IsType<OperationCanceledException>(error).CancellationToken);
        Assert.Empty(results);
        Assert.Equal((0, 0), (_server.Started.Length, workload.Pulled));
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_CalledOffInTheInstantOfItsGrant_TheServerDoesNotHearOfIt()
    {
        var client = (BoundClientHandle<int, int>)_balancer.Register("a").For(_server);
        await _cancel.CancelAsync();
        using var tokens = new CallTokens(client.Client, _cancel.Token, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendOfWorkload(0, tokens).Within());

        Assert.Empty(_server.Started);
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAll_CancelledWhileTheWorkloadStalls_IsNotTakenForItsEnd(bool endsQuietly)
    {
        var workload = new WatchedWorkload(100) { StallsAt = 2, EndsQuietly = endsQuietly };
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));
        var results = client.SendAllAsync(workload, cancellationToken: _cancel.Token).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync().Within());
        Assert.True(await results.MoveNextAsync().Within());
        var third = results.MoveNextAsync();
        Eventually.True(() => workload.IsBeingPulled, "the workload stalls");

        await _cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => third.Within());
        Assert.Equal(_cancel.Token, error.CancellationToken);
        Assert.Equal(1, workload.Disposals);
        await results.DisposeAsync();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_CancelledAfterTheLastResult_EndsAsUsual()
    {
        var workload = new WatchedWorkload(1);
        var client = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request));
        await using var results = client.SendAllAsync(workload, cancellationToken: _cancel.Token).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync().Within());
        Eventually.True(() => workload.Disposals == 1, "the workload has come to its end");

        await _cancel.CancelAsync();

        Assert.False(await results.MoveNextAsync().Within());
        Integrity.Check(_balancer);
    }
}
