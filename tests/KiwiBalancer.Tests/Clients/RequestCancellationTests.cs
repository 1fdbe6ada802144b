using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

public sealed class RequestCancellationTests
{
    public static TheoryData<bool, bool> CancellableWays => OneSlot.CancellableWays;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_CancelledBeforeTheCall_NeverReachesTheServer(bool isRun)
    {
        using var slot = new OneSlot(isQueued: false, isCancellable: true, isRun);
        await slot.Source.CancelAsync();
        var isReached = false;

        var sending = slot.Send(_ =>
        {
            isReached = true;
            return new ValueTask<int>(7);
        });

        Assert.True(sending.IsCanceled);
        var (_, error, inFlight, held) = await slot.End(sending).Within();
        Assert.Equal(slot.Token, Assert.IsAssignableFrom<OperationCanceledException>(error).CancellationToken);
        Assert.Equal((false, 0, 0), (isReached, inFlight, held));
    }

    [Fact]
    public async Task Send_CancelledWhileWaiting_LeavesAtOnceWithTheCallersToken()
    {
        var server = new GatedServer();
        using var balancer = new WeightedBalancer(1);
        using var source = new CancellationTokenSource();
        var client = balancer.Register("a").For(server);
        var running = client.SendAsync(1).AsTask();
        var waiting = client.SendAsync(2, source.Token).AsTask();
        var next = client.SendAsync(3).AsTask();

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal((1, 1), (client.InFlight, client.Waiting));
        server.Finish(1);
        server.Finish(3);
        Assert.Equal((1, 3), (await running.Within(), await next.Within()));
        Assert.False(server.HasSeen(2));
        Integrity.Check(balancer);
    }

    [Theory]
    [MemberData(nameof(CancellableWays))]
    public async Task Send_CancelledWhileRunning_TheServersTokenFiresAndTheCallerGetsItsOwn(bool isQueued, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable: true, isRun);
        var entered = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ending = slot.End(slot.Send(async token =>
        {
            entered.SetResult(token);
            await new TaskCompletionSource().Task.WaitAsync(token);
            return 7;
        }));
        var seen = await entered.Task.Within();
        Assert.False(ending.IsCompleted);

        await slot.Source.CancelAsync();

        var (_, error, inFlight, held) = await ending.Within();
        Assert.True(seen.IsCancellationRequested);
        Assert.Equal(slot.Token, Assert.IsAssignableFrom<OperationCanceledException>(error).CancellationToken);
        Assert.Equal((0, 0), (inFlight, held));
    }

    [Theory]
    [MemberData(nameof(CancellableWays))]
    public async Task Send_ServerFailsAfterTheCancellation_ItsErrorIsKept(bool isQueued, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable: true, isRun);
        var gate = new TaskCompletionSource<int>();
        var entered = new TaskCompletionSource();
        var thrown = new InvalidOperationException("too late");
        var ending = slot.End(slot.Send(_ =>
        {
            entered.SetResult();
            return new ValueTask<int>(gate.Task);
        }));
        await entered.Task.Within();

        await slot.Source.CancelAsync();
        gate.SetException(thrown);

        Assert.Equal((null, thrown, 0, 0), await ending.Within());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_GrantedAndCancelledInTheSameInstant_DoesNotReachTheServer(bool isRun)
    {
        using var slot = new OneSlot(isQueued: false, isCancellable: true, isRun);
        var isReached = false;
        var holder = slot.Client.Take();
        var ending = slot.End(slot.Send(_ =>
        {
            isReached = true;
            return new ValueTask<int>(7);
        }));

        // Callbacks run last registered first: the grant comes when the token has fired and the waiter has not heard of it yet.
        using var release = slot.Source.Token.UnsafeRegister(_ => holder.Dispose(), null);
        await slot.Source.CancelAsync();

        var (_, error, inFlight, held) = await ending.Within();
        Assert.Equal(slot.Token, Assert.IsAssignableFrom<OperationCanceledException>(error).CancellationToken);
        Assert.Equal((false, 0, 0), (isReached, inFlight, held));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Send_GrantRacesCancellation_IsServedOrCancelledNeverBoth(bool isRun)
    {
        const int Rounds = 20_000;
        using var slot = new OneSlot(isQueued: false, isCancellable: false, isRun);
        var server = slot.Client.For<bool[], int>((given, _) => Reach(given));
        SlotLease holder = default;
        CancellationTokenSource source = null!;
        bool[] reached = [];
        Task<(int? Result, Exception? Error, int InFlight, int Held)> ending = null!;

        Race.Run(
            Rounds,
            _ =>
            {
                holder = slot.Client.Take();
                source = new CancellationTokenSource();
                var mine = reached = [false];
                ending = slot.End(isRun ? slot.Client.RunAsync(_ => Reach(mine), source.Token) : server.SendAsync(mine, source.Token));
            },
            _ =>
            {
                Eventually.True(() => ending.IsCompleted, "the request ends");
                var (result, error, inFlight, held) = ending.GetAwaiter().GetResult();
                Assert.Equal(reached[0], result == 7);
                Assert.Equal((0, 0), (slot.Client.InFlight, slot.Client.Waiting));
                if (reached[0])
                {
                    Assert.Equal((0, 0), (inFlight, held));
                }
                else
                {
                    Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(error).CancellationToken);
                }

                source.Dispose();
            },
            _ => holder.Dispose(),
            _ => source.Cancel());
    }

    private static ValueTask<int> Reach(bool[] reached)
    {
        reached[0] = true;
        return new ValueTask<int>(7);
    }
}
