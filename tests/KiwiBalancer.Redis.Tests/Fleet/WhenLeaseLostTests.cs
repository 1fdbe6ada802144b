using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Fleet;

/// <summary>What becomes of requests that run when the engine has gone and the lease has ended.</summary>
public class WhenLeaseLostTests
{
    private readonly CountedServer _server = new();

    [RedisFact]
    public async Task Cancel_EngineGone_WhatRunsIsCancelledAndTheNextAreServed()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = new FleetNode(redis, _server, 4, configure: static options => options.WhenLeaseLost = WhenLeaseLost.Cancel);
        var client = node.Balancer.Register("endless");
        using var caller = new CancellationTokenSource();
        Task<int>[] running = [Endless(client, default), Endless(client, default), Endless(client, caller.Token), Endless(client, caller.Token)];
        await Eventually.TrueAsync(() => client.InFlight == 4, "all run");

        redis.Kill();
        foreach (var request in running)
        {
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(Eventually.Watchdog));
            Assert.NotEqual(caller.Token, error.CancellationToken);
        }

        Assert.False(node.Lease.Status.IsLeased);
        await redis.StartAgainAsync();
        Assert.Equal(7, await client.RunAsync(static token => ValueTask.FromResult(token.IsCancellationRequested ? 0 : 7), caller.Token).AsTask().WaitAsync(Eventually.Watchdog));
    }

    [RedisFact]
    public async Task Finish_EngineGone_WhatRunsEndsAsItWould()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = new FleetNode(redis, _server, 4);
        var client = node.Balancer.Register("endless");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = CancellationToken.None;
        var running = client.RunAsync(async token =>
        {
            seen = token;
            await end.Task;
            return 7;
        }).AsTask();
        await Eventually.TrueAsync(() => client.InFlight == 1, "it runs");

        redis.Kill();
        await Eventually.TrueAsync(() => !node.Lease.Status.IsLeased, "the lease has ended");

        Assert.False(seen.IsCancellationRequested);
        end.SetResult();
        Assert.Equal(7, await running.WaitAsync(Eventually.Watchdog));
    }

    private static Task<int> Endless(IClientHandle client, CancellationToken cancellationToken) => client.RunAsync(
        static async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return 0;
        },
        cancellationToken).AsTask();
}
