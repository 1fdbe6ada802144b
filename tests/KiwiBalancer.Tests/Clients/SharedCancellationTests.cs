using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

/// <summary>Requests that run at once and were sent with one token share the server's token; nothing else about them is shared.</summary>
public sealed class SharedCancellationTests
{
    private readonly List<CancellationToken> _seen = [];
    private readonly List<TaskCompletionSource<int>> _running = [];

    [Fact]
    public async Task Send_SameTokenWhileOneRuns_SharesTheServersTokenUntilTheLastHasEnded()
    {
        using var balancer = new WeightedBalancer(4);
        using var source = new CancellationTokenSource();
        var client = balancer.Register("a").For<int, int>(Serve);

        var (first, second) = (client.SendAsync(1, source.Token).AsTask(), client.SendAsync(2, source.Token).AsTask());
        Assert.Equal(_seen[0], _seen[1]);
        _running[0].SetResult(0);
        await first.Within();
        var third = client.SendAsync(3, source.Token).AsTask();
        Assert.Equal(_seen[1], _seen[2]);
        _running[1].SetResult(0);
        _running[2].SetResult(0);
        await Task.WhenAll(second, third).Within();

        var later = client.SendAsync(4, source.Token).AsTask();
        Assert.NotEqual(_seen[2], _seen[3]);
        _running[3].SetResult(0);
        await later.Within();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Send_OtherTokenOrOtherClient_SharesNothing()
    {
        using var balancer = new WeightedBalancer(4);
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var (a, b) = (balancer.Register("a").For<int, int>(Serve), balancer.Register("b").For<int, int>(Serve));

        Task[] all = [a.SendAsync(1, source.Token).AsTask(), a.SendAsync(2, other.Token).AsTask(), b.SendAsync(3, source.Token).AsTask(), a.SendAsync(4, source.Token).AsTask()];

        Assert.Equal(4, _seen.Distinct().Count());
        await other.CancelAsync();
        Assert.Equal([false, true, false, false], _seen.Select(token => token.IsCancellationRequested));
        _running.ForEach(running => running.SetResult(0));
        await Task.WhenAll(all).Within();
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_SharedToken_FiresForAllWithTheCallersAndWithTheClientsEnd(bool isByCaller)
    {
        using var balancer = new WeightedBalancer(4);
        using var source = new CancellationTokenSource();
        var client = balancer.Register("a");
        var bound = client.For<int, int>(Serve);
        Task[] all = [bound.SendAsync(1, source.Token).AsTask(), bound.SendAsync(2, source.Token).AsTask()];

        if (isByCaller)
        {
            await source.CancelAsync();
        }
        else
        {
            client.Dispose();
        }

        Eventually.True(() => _seen.TrueForAll(token => token.IsCancellationRequested), "the server's token fires for both");
        _running.ForEach(running => running.SetResult(0));
        await Task.WhenAll(all).Within();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Send_AlwaysOneRunningWithTheSameToken_TheServersTokenIsRenewedNowAndThen()
    {
        const int Requests = 3_000;
        using var balancer = new WeightedBalancer(2);
        using var source = new CancellationTokenSource();
        var client = balancer.Register("a").For<int, int>(Serve);

        var previous = client.SendAsync(0, source.Token).AsTask();
        for (var i = 1; i < Requests; i++)
        {
            var next = client.SendAsync(i, source.Token).AsTask();
            _running[i - 1].SetResult(0);
            await previous.Within();
            previous = next;
        }

        _running[^1].SetResult(0);
        await previous.Within();
        Assert.InRange(_seen.Distinct().Count(), 2, 4);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Send_EndedRequest_NothingOfItsTokenIsKept()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a").For<int, int>(Serve);

        var weak = await SendOnceAsync(client);

        // The thread that ended the request may hold it for a moment longer.
        Eventually.True(
            () =>
            {
                GC.Collect();
                return !weak.IsAlive;
            },
            "the client lets go of its caller's source");
        Integrity.Check(balancer);
    }

    private async Task<WeakReference> SendOnceAsync(IClientHandle<int, int> client)
    {
        var source = new CancellationTokenSource();
        var task = client.SendAsync(1, source.Token).AsTask();
        _running[0].SetResult(0);
        await task.Within();
        _seen.Clear();
        return new WeakReference(source);
    }

    private ValueTask<int> Serve(int request, CancellationToken cancellationToken)
    {
        _seen.Add(cancellationToken);
        _running.Add(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        return new ValueTask<int>(_running[^1].Task);
    }
}
