using KiwiBalancer.Clients;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>A waiter as its caller sees it, and what is left of its client in the owner's books.</summary>
public sealed class WaiterTests
{
    [Fact]
    public void Release_SomebodyAwaits_GoesOnOnAnotherThread()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        var awaiter = client.AcquireAsync().GetAwaiter();
        using var hasRun = new ManualResetEventSlim();
        var ranOn = 0;
        awaiter.UnsafeOnCompleted(() =>
        {
            ranOn = Environment.CurrentManagedThreadId;
            awaiter.GetResult().Dispose();
            hasRun.Set();
        });

        holder.Release();

        Assert.True(hasRun.Wait(Eventually.Watchdog), "The caller never went on.");
        Assert.NotEqual(Environment.CurrentManagedThreadId, ranOn);
        Integrity.Check(balancer);
    }

    [Fact]
    public void GetResult_TooEarlyOrAgain_Throws()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        var request = client.AcquireAsync();

        var early = Assert.Throws<InvalidOperationException>(() => Take(request));
        holder.Release();
        Take(request).Dispose();
        Assert.Throws<InvalidOperationException>(() => Take(request));

        Assert.Equal("The result was asked for before the request was granted. Await the ValueTask, once.", early.Message);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Dispose_ClientHasWaited_IsInNobodysBooks()
    {
        var clock = new FakeTimeProvider();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, QueueTimeout = TimeSpan.FromSeconds(1) }, clock);
        var clients = new[] { balancer.Register("a"), balancer.Register("b"), balancer.Register("c") };
        Pending.Finish(clients.SelectMany(client => Pending.Many(client, 3)));
        var backlogs = clients.Select(client => ((ClientHandle)client).Backlog!).ToArray();
        Assert.All(backlogs, backlog => Assert.NotEqual(-1, backlog.VictimIndex));

        Array.ForEach(clients, client => client.Dispose());

        Integrity.Check(balancer);
        Assert.All(backlogs, backlog => Assert.Equal((-1, -1), (backlog.VictimIndex, backlog.DeadlineIndex)));
    }

    private static SlotLease Take(ValueTask<SlotLease> request) => request.GetAwaiter().GetResult();
}
