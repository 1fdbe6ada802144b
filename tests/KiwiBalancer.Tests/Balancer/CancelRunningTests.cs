using System.Runtime.CompilerServices;
using KiwiBalancer.Clients;
using KiwiBalancer.Tests.Support;
using KiwiBalancer.Tests.Workloads;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>A limit source calls off what runs: everything at the server, and nothing else.</summary>
public sealed class CancelRunningTests : IDisposable
{
    private readonly HandLimit _source = new();
    private readonly GatedServer _server = new();
    private readonly WeightedBalancer _balancer = new(new KiwiBalancerOptions { Limit = 10 }, new FakeTimeProvider());

    public CancelRunningTests()
    {
        _balancer.UseLimitSource(_source);
        _source.Lease(2, seconds: 1);
    }

    public void Dispose() => _balancer.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancelRunning_WhileSomeRunAndOneWaits_CancelsThoseAndTheNextHaveFreshTokens(bool hasToken)
    {
        using var caller = new CancellationTokenSource();
        var token = hasToken ? caller.Token : default;
        var client = _balancer.Register("a").For(_server);
        Task<int>[] running = [client.SendAsync(1, token).AsTask(), client.SendAsync(2, token).AsTask()];
        var waiting = client.SendAsync(3, token).AsTask();

        LoseLease();
        foreach (var request in running)
        {
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Within());
            Assert.NotEqual(caller.Token, error.CancellationToken);
        }

        Assert.False(waiting.IsCompleted);
        _source.Lease(2, seconds: 1);
        var next = client.SendAsync(4, token).AsTask();
        Assert.False((await _server.Entered(3)).IsCancellationRequested);
        Assert.False((await _server.Entered(4)).IsCancellationRequested);
        _server.Finish(3);
        _server.Finish(4);
        var answers = await Task.WhenAll(waiting, next).Within();
        Assert.Equal([3, 4], answers);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task CancelRunning_AfterItAnotherTime_CancelsWhatRunsThen()
    {
        var client = _balancer.Register("a").For(_server);
        LoseLease();
        _source.Lease(1, seconds: 1);
        var request = client.SendAsync(1).AsTask();
        Assert.False((await _server.Entered(1)).IsCancellationRequested);

        LoseLease();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Within());
        Integrity.Check(_balancer);
    }

    [Fact]
    public void CancelRunning_WhatHasItsSlotsAndHasNotStarted_StartsCancelled()
    {
        var client = (ClientHandle)_balancer.Register("a");

        LoseLease();
        Assert.True(client.Running.IsCancellationRequested);
        Assert.False(client.Stopping.IsCancellationRequested);
        _source.Lease(0, seconds: 1);
        Assert.True(client.Running.IsCancellationRequested);

        _source.Lease(1, seconds: 1);
        Assert.False(client.Running.IsCancellationRequested);
    }

    [Fact]
    public async Task CancelRunning_AClientShutDownByForce_StaysCancelledWhenSlotsAreBack()
    {
        var server = new GatedServer { IgnoresToken = true };
        var client = (ClientHandle)_balancer.Register("a");
        var request = client.For(server).SendAsync(1).AsTask();
        LoseLease();
        client.Dispose();

        _source.Lease(1, seconds: 1);

        Assert.True(client.Running.IsCancellationRequested);
        server.Finish(1);
        await request.Within();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task CancelRunning_OfAWorkload_FailsThoseThatRunAndTheRestIsServed()
    {
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 4), new() { MaxOutstanding = 2, ContinueOnError = true }).ToErrorAsync();
        await Task.WhenAll(_server.Entered(0), _server.Entered(1)).Within();

        LoseLease();
        Eventually.True(() => client.Waiting == 2, "two more are pulled");
        _source.Lease(2, seconds: 1);
        await Task.WhenAll(_server.Entered(2), _server.Entered(3)).Within();
        _server.Finish(2);
        _server.Finish(3);

        var (results, error) = await reading.Within();
        Assert.Null(error);
        Assert.Equal([0, 1], results.Where(result => result.Error is OperationCanceledException).Select(result => result.Request).Order());
        Assert.Equal([2, 3], results.Where(result => result.IsSuccess).Select(result => result.Request).Order());
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task CancelRunning_OfAStream_EndsItAndTheNextIsWhole()
    {
        var client = _balancer.Register("a");
        await using var stream = client.StreamAsync(Endless).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync().Within());

        LoseLease();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await stream.MoveNextAsync().Within())
            {
            }
        });

        _source.Lease(1, seconds: 1);
        await using (var next = client.StreamAsync(Endless).GetAsyncEnumerator())
        {
            Assert.True(await next.MoveNextAsync().Within());
            Assert.True(await next.MoveNextAsync().Within());
        }

        Integrity.Check(_balancer);
    }

    private static async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
            await Task.Yield();
        }
    }

    private void LoseLease()
    {
        _source.Lease(0, seconds: 0);
        _source.Limit.CancelRunning();
    }
}
