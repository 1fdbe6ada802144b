using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

/// <summary>However the server ends: the caller hears of it as it was, and the slot is free the moment the caller goes on.</summary>
public sealed class ServerEndTests
{
    public static TheoryData<bool, bool, bool> Ways => OneSlot.Ways;

    public static TheoryData<bool, bool> CancellableWays => OneSlot.CancellableWays;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerAnswersSynchronously_SlotIsFreeAtTheEnd(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);

        var end = await slot.End(slot.Send(_ => new ValueTask<int>(7))).Within();

        Assert.Equal((7, null, 0, 0), end);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerAnswersLater_SlotIsHeldUntilThenAndFreeAtTheEnd(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var gate = new TaskCompletionSource<int>();
        var entered = new TaskCompletionSource();
        var ending = slot.End(slot.Send(_ =>
        {
            entered.SetResult();
            return new ValueTask<int>(gate.Task);
        }));
        await entered.Task.Within();

        Assert.False(ending.IsCompleted);
        Assert.Equal(1, slot.Client.InFlight);
        gate.SetResult(7);

        Assert.Equal((7, null, 0, 0), await ending.Within());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerThrowsSynchronously_TheTaskCarriesIt(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var thrown = new InvalidOperationException("no");

        var end = await slot.End(slot.Send(_ => throw thrown)).Within();

        Assert.Equal((null, thrown, 0, 0), end);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerThrowsLater_TheTaskCarriesIt(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var thrown = new InvalidOperationException("no");
        var gate = new TaskCompletionSource<int>();
        var ending = slot.End(slot.Send(_ => new ValueTask<int>(gate.Task)));

        gate.SetException(thrown);

        Assert.Equal((null, thrown, 0, 0), await ending.Within());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerReturnsAFaultedTask_TheTaskCarriesIt(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var thrown = new InvalidOperationException("no");

        var end = await slot.End(slot.Send(_ => ValueTask.FromException<int>(thrown))).Within();

        Assert.Equal((null, thrown, 0, 0), end);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerReturnsACancelledTaskOfItsOwn_IsNotTranslated(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var own = new CancellationToken(canceled: true);
        var sending = slot.Send(_ => ValueTask.FromCanceled<int>(own)).Preserve();

        var (_, error, inFlight, held) = await slot.End(sending).Within();

        Assert.Equal(own, Assert.IsAssignableFrom<OperationCanceledException>(error).CancellationToken);
        Assert.True(sending.IsCanceled);
        Assert.Equal((0, 0), (inFlight, held));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_ServerThrowsACancellationOfItsOwn_IsNotTranslated(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var thrown = new OperationCanceledException("mine", new CancellationToken(canceled: true));

        var end = await slot.End(slot.Send(_ => throw thrown)).Within();

        Assert.Equal((null, thrown, 0, 0), end);
    }

    [Theory]
    [MemberData(nameof(CancellableWays))]
    public async Task Send_ServerIgnoresItsToken_KeepsItsSlotAndItsResultWins(bool isQueued, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable: true, isRun);
        var gate = new TaskCompletionSource<int>();
        var entered = new TaskCompletionSource<CancellationToken>();
        var ending = slot.End(slot.Send(token =>
        {
            entered.SetResult(token);
            return new ValueTask<int>(gate.Task);
        }));
        var seen = await entered.Task.Within();
        Eventually.True(() => slot.Balancer.GetSnapshot().OldestRunning is not null, "the request is noted as running");

        await slot.Source.CancelAsync();
        slot.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.True(seen.IsCancellationRequested);
        Assert.False(ending.IsCompleted);
        Assert.Equal((1, TimeSpan.FromMinutes(3)), (slot.Balancer.GetSnapshot().InFlight, slot.Balancer.GetSnapshot().OldestRunning));
        Assert.False(slot.Client.TryAcquire(out _));
        gate.SetResult(7);
        Assert.Equal((7, null, 0, 0), await ending.Within());
    }

    [Fact]
    public async Task Snapshot_SeveralRunning_ShowsTheAgeOfTheOldestLeft()
    {
        using var slot = new OneSlot(isQueued: false, isCancellable: false, isRun: true);
        slot.Balancer.Limit = 2;
        var gates = new[] { new TaskCompletionSource<int>(), new TaskCompletionSource<int>() };
        var first = slot.Send(_ => new ValueTask<int>(gates[0].Task));
        slot.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = slot.Send(_ => new ValueTask<int>(gates[1].Task));
        slot.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(3), slot.Balancer.GetSnapshot().OldestRunning);
        gates[0].SetResult(0);
        await first.Within();
        Assert.Equal(TimeSpan.FromSeconds(1), slot.Balancer.GetSnapshot().OldestRunning);
        gates[1].SetResult(0);
        await second.Within();
        Assert.Null(slot.Balancer.GetSnapshot().OldestRunning);
    }
}
