using KiwiBalancer.Tests.Support;
using KiwiBalancer.Tests.Workloads;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>The requests of a workload are never rejected for want of room or for waiting too long; everybody else is, as if they were not there.</summary>
public sealed class ExemptWaitersTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly NumberedServer _server = new();
    private WeightedBalancer? _balancer;

    public void Dispose() => _balancer?.Dispose();

    [Theory]
    [InlineData(OverflowPolicy.RejectNewest)]
    [InlineData(OverflowPolicy.RejectOldest)]
    public async Task SendAll_NoRoomAndHardlyAnyTime_EveryRequestIsServed(OverflowPolicy policy)
    {
        var balancer = Make(new() { Limit = 1, MaxQueueLength = 0, QueueTimeout = TimeSpan.FromMilliseconds(1), OverflowPolicy = policy });
        var client = balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 40), new() { MaxOutstanding = 10 }).ReadAsync();

        for (var request = 0; request < 40; request++)
        {
            _server.WaitFor(request);
            Eventually.True(() => client.Waiting == Math.Min(9, 39 - request), "the window is in line");
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(Math.Min(9, 39 - request), client.Waiting);
            _server.End(request);
        }

        Assert.Equal(40, (await reading.Within()).Count);
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(OverflowPolicy.RejectNewest)]
    [InlineData(OverflowPolicy.RejectOldest)]
    public async Task Acquiring_BehindAWorkload_HasTheWholeQueueToItself(OverflowPolicy policy)
    {
        var balancer = Make(new() { Limit = 1, MaxQueueLength = 2, OverflowPolicy = policy });
        var noisy = balancer.Register("noisy").For(_server);
        var quiet = balancer.Register("quiet");
        var reading = noisy.SendAllAsync(Enumerable.Range(0, 20), new() { MaxOutstanding = 10 }).ReadAsync();
        Eventually.True(() => noisy.Waiting == 9, "the window is in line");

        var requests = Pending.Many(quiet, 2);
        Assert.All(requests, request => Assert.False(request.IsAnswered));
        var third = Pending.Of(quiet);

        var victim = policy == OverflowPolicy.RejectNewest ? third : requests[0];
        Assert.Equal(RejectionReason.QueueFull, victim.Reason);
        Assert.Equal((9, 2), (noisy.Waiting, quiet.Waiting));
        await Finish(balancer, reading, 20, [.. requests, third]);
    }

    [Theory]
    [InlineData(OverflowPolicy.RejectNewest)]
    [InlineData(OverflowPolicy.RejectOldest)]
    public async Task Acquiring_AmongItsOwnClientsWorkload_IsTheVictimOfItsOwnBound(OverflowPolicy policy)
    {
        var balancer = Make(new() { Limit = 1, OverflowPolicy = policy });
        var client = balancer.Register(new BalancerClientOptions { Name = "a", MaxQueueLength = 2 }).For(_server);
        balancer.Limit = 0;
        var reading = client.SendAllAsync(Enumerable.Range(0, 20), new() { MaxOutstanding = 5 }).ReadAsync();
        Eventually.True(() => client.Waiting == 5, "the window is in line");

        var requests = Pending.Many(client, 3);

        Assert.Equal(policy == OverflowPolicy.RejectNewest ? [null, null, RejectionReason.QueueFull] : [RejectionReason.QueueFull, null, null], requests.Select(request => request.Reason));
        Assert.Equal(7, client.Waiting);
        balancer.Limit = 1;
        await Finish(balancer, reading, 20, requests);
    }

    [Fact]
    public async Task Acquiring_BehindItsOwnClientsWorkload_ExpiresAtItsOwnTime()
    {
        var balancer = Make(new() { Limit = 1, QueueTimeout = TimeSpan.FromSeconds(10) });
        var client = balancer.Register("a").For(_server);
        balancer.Limit = 0;
        var reading = client.SendAllAsync(Enumerable.Range(0, 20), new() { MaxOutstanding = 5 }).ReadAsync();
        Eventually.True(() => client.Waiting == 5, "the window is in line");
        _clock.Advance(TimeSpan.FromSeconds(6));
        var request = Pending.Of(client);

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(request.IsAnswered);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        Eventually.True(() => request.IsAnswered, "the request expires");
        Assert.Equal(RejectionReason.QueueTimeout, request.Reason);
        Assert.Equal(5, client.Waiting);
        balancer.Limit = 1;
        await Finish(balancer, reading, 20, []);
    }

    [Fact]
    public async Task SendAll_ArrivingWhileTheQueueIsFull_PushesNobodyOut()
    {
        var balancer = Make(new() { Limit = 1, MaxQueueLength = 2 });
        var client = balancer.Register("a").For(_server);
        balancer.Limit = 0;
        var requests = Pending.Many(balancer.Register("b"), 2);

        var reading = client.SendAllAsync(Enumerable.Range(0, 20), new() { MaxOutstanding = 5 }).ReadAsync();
        Eventually.True(() => client.Waiting == 5, "the window is in line");

        Assert.All(requests, request => Assert.False(request.IsAnswered));
        balancer.Limit = 1;
        await Finish(balancer, reading, 20, requests);
    }

    [Fact]
    public async Task Limit_LoweredAndRaisedWithWideRequestsOfAWorkload_KeepsThemInLine()
    {
        var balancer = Make(new() { Limit = 4, MaxQueueLength = 1 });
        var client = balancer.Register("a").For(_server, cost: static request => 1 + (request % 4));
        balancer.Limit = 0;
        var reading = client.SendAllAsync(Enumerable.Range(0, 12), new() { MaxOutstanding = 12 }).ReadAsync();
        Eventually.True(() => client.Waiting == 12, "the window is in line");
        var request = Pending.Of(client);
        balancer.Limit = 2;
        balancer.Limit = 1;
        balancer.Limit = 4;

        Assert.Equal(RejectionReason.QueueFull, Pending.Of(client).Reason);
        await Finish(balancer, reading, 12, [request]);
    }

    [Fact]
    public async Task Acquiring_AfterAWorkloadHasLeft_HasNoMoreRoomThanBefore()
    {
        var balancer = Make(new() { Limit = 1, MaxQueueLength = 1 });
        var client = balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 20), new() { MaxOutstanding = 10 }).ReadAsync();
        await Finish(balancer, reading, 20, []);

        var requests = Pending.Many(client, 3);

        Assert.Equal([null, RejectionReason.QueueFull], requests[1..].Select(request => request.Reason));
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    private static async Task End(NumberedServer server, Task reading, Pending[] requests)
    {
        while (!reading.IsCompleted || !requests.All(request => request.IsAnswered))
        {
            server.EndAll();
            foreach (var held in requests.Where(request => request.IsHeld))
            {
                held.Release();
            }

            await Task.Yield();
        }

        Pending.Finish(requests);
    }

    private async Task Finish(WeightedBalancer balancer, Task<List<SendResult<int, int>>> reading, int expected, Pending[] requests)
    {
        await End(_server, reading, requests).Within();
        Assert.Equal(Enumerable.Range(0, expected), (await reading).Select(result => result.Request).Order());
        Integrity.Check(balancer);
    }

    private WeightedBalancer Make(KiwiBalancerOptions options) => _balancer = new WeightedBalancer(options, _clock);
}
