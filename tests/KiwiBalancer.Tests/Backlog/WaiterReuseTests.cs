using System.Runtime.CompilerServices;
using KiwiBalancer.Backlog;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>However a waiter ends, it is used again: by the next request of the thread that let go of it.</summary>
public sealed class WaiterReuseTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(new KiwiBalancerOptions { Limit = 1, MaxCost = 2 });
    private readonly IClientHandle _client;
    private readonly IClientHandle _other;

    public WaiterReuseTests() => (_client, _other) = (_balancer.Register("a"), _balancer.Register("b"));

    public void Dispose() => _balancer.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Granted_ResultTaken_IsUsedAgain(bool withToken)
    {
        using var source = new CancellationTokenSource();
        var waiter = Granted(withToken ? source.Token : default);

        Assert.Same(waiter, Granted(default));
        Assert.Same(waiter, Granted(source.Token));
        Assert.Same(waiter, Granted(default));
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Granted_SeveralAtOnce_AreAllUsedAgain()
    {
        var waiters = Several();

        Assert.Equal(waiters.ToHashSet(), Several().ToHashSet());
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Cancelled_ResultTakenAndNoteRead_IsUsedAgain()
    {
        var holder = Pending.Of(_other);

        var waiter = Cancelled(cost: 1);
        holder.Release();

        Assert.Same(waiter, Granted(default));
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Cancelled_BeforeTheOwnerReadIt_IsUsedAgain()
    {
        var (holder, first) = (Pending.Of(_other), Pending.Of(_other));

        // The first of a client is read at once, since there are books to be made for it.
        Cancelled(cost: 1);
        var waiter = Cancelled(cost: 1);

        Assert.Same(waiter, Cancelled(cost: 1));
        Pending.Finish(holder, first);
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Probed_Refused_IsUsedAgain()
    {
        // The free slot is kept for the wide one, which only the owner knows.
        _balancer.Limit = 2;
        var (holder, wide) = (Pending.Of(_balancer.Register("c")), Pending.Of(_other, 2));
        var waiter = Cancelled(cost: 2);

        Assert.False(_client.TryAcquire(out _));

        Assert.Same(waiter, Cancelled(cost: 2));
        holder.Release();
        wide.Release();
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Rejected_ResultTaken_IsUsedAgain()
    {
        _balancer.Reconfigure(new KiwiBalancerOptions { Limit = 1, MaxCost = 2, MaxQueueLength = 0 });
        var holder = Pending.Of(_other);
        var request = _client.AcquireOrRejectAsync();
        var waiter = Of(ref request);

        // Answered already: this goes on on the same thread.
        Assert.True(request.IsCompleted);
        Assert.Equal(RejectionReason.QueueFull, (await request).Rejection!.Reason);
        _balancer.Reconfigure(new KiwiBalancerOptions { Limit = 1, MaxCost = 2 });
        holder.Release();

        Assert.Same(waiter, Granted(default));
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Probed_Granted_IsUsedAgain()
    {
        // One too wide for the limit keeps the gate shut: a probe is the only way to the free slot.
        var wide = Pending.Of(_other, 2);
        var waiter = Cancelled(cost: 2);

        Assert.True(_client.TryAcquire(out var lease));
        lease.Dispose();

        Assert.Same(waiter, Cancelled(cost: 2));
        _balancer.Limit = 2;
        wide.Release();
        Integrity.Check(_balancer);
    }

    private Waiter[] Several()
    {
        var holder = Pending.Of(_other);
        var requests = Enumerable.Range(0, 5).Select(_ => _client.AcquireAsync()).ToArray();
        var waiters = requests.Select(request => Of(ref request)).ToArray();
        holder.Release();
        foreach (var request in requests)
        {
            request.Result.Dispose();
        }

        return waiters;
    }

    private Waiter Cancelled(int cost)
    {
        using var source = new CancellationTokenSource();
        var request = _client.AcquireAsync(cost, source.Token);
        var waiter = Of(ref request);
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => { _ = request.Result; });
        return waiter;
    }

    private Waiter Granted(CancellationToken token)
    {
        var holder = Pending.Of(_other, token: CancellationToken.None);
        var request = _client.AcquireAsync(token);
        var waiter = Of(ref request);
        holder.Release();
        request.Result.Dispose();
        return waiter;
    }

    private static Waiter Of(ref ValueTask<SlotLease> request) => Assert.IsType<Waiter>(Source(ref request));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_obj")]
    private static extern ref object? Source(ref ValueTask<SlotLease> request);
}
