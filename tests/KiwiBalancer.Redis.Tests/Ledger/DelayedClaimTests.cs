using KiwiBalancer.Redis.Ledger;
using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Tests.Ledger;

/// <summary>A report that was sent while its lease lived, and reaches an engine that has forgotten everything when the slots are another node's. About one random schedule in 800 has it.</summary>
public class DelayedClaimTests
{
    private static readonly NodeSettings Settings = new() { Ttl = 2_000, Margin = 200, Linger = 600, Interval = 500, MinGap = 20 };

    private readonly LeaseKeeper _late = new("0a", 10, Settings);
    private readonly LeaseKeeper _other = new("0b", 10, Settings);
    private FleetLedger? _ledger;
    private string _run = "first";

    [Fact]
    public void Step_NewerReportAfterADelayedClaimInQuarantine_GivesNothingBack()
    {
        var delayed = MoveAllToTheOther(sentAt: 900, forgottenAt: 4_000);

        var claim = Step(delayed, 4_100);
        Assert.Equal(10, claim.Reply.Cap);
        Assert.True(claim.Reply.IsQuarantined);

        // The node gave that report up long ago, and its next one claims nothing any more.
        var report = Ask(_late, 4_150, wanted: 10)!;
        Assert.Equal(0, report.Held);
        Assert.False(_late.OnReply(claim.Reply, Time(4_160)));
        var step = Step(report, 4_170);

        Assert.Equal(0, step.Reply.Cap);
        Assert.Equal(0, step.Ledger.Nodes["0a"].Hold);
        Assert.True(_late.OnReply(step.Reply, Time(4_180)));
        Assert.Equal(0, _late.Cap(Time(4_180)));
    }

    [Fact]
    public void OnReply_InQuarantineWhenTheLeaseHasEndedSinceItsReport_MakesNoLease()
    {
        // Sent in the last moment of the lease, so that an answer still seems in time when the slots have gone to the other already.
        var delayed = MoveAllToTheOther(sentAt: 1_790, forgottenAt: 2_750);
        Assert.Equal(10, delayed.Held);

        var claim = Step(delayed, 2_760);
        Assert.Equal(10, claim.Reply.Cap);
        Assert.True(claim.Reply.IsQuarantined);
        Assert.True(_late.OnReply(claim.Reply, Time(2_770)));

        Assert.Equal(0, _late.Cap(Time(2_770)));
        Assert.Equal(10, _other.Cap(Time(2_770)));
    }

    [Fact]
    public void Step_NewcomerIsTheFirstToReportAfterKeysWereFlushed_GivesNothingBeforeAllLeasesHaveEnded()
    {
        Exchange(_late, 0, wanted: 10);
        Assert.Equal(10, _late.Cap(Time(500)));
        _ledger = null;

        // The engine has been up for long, but it was flushed: it cannot tell what it has forgotten before now.
        var step = LedgerStep.Step(null, Ask(_other, 500, wanted: 10)!, new EngineMoment(500, _run, MemorySince: 500));

        Assert.Equal(0, step.Reply.Cap);
        Assert.Equal(500 + 2_000 + 600, step.Ledger.QuarantineEnd);
    }

    [Fact]
    public void Step_FirstUseOfAnEngineThatHasBeenUpForLong_GivesAtOnce()
    {
        var step = LedgerStep.Step(null, Ask(_late, 10_000, wanted: 10)!, new EngineMoment(10_000, _run, MemorySince: 0));

        Assert.Equal(10, step.Reply.Cap);
        Assert.False(step.Reply.IsQuarantined);
    }

    /// <summary>One node has all and sends a report that is delayed; its lease ends, the other gets all; then the engine restarts empty.</summary>
    private NodeReport MoveAllToTheOther(long sentAt, long forgottenAt)
    {
        Exchange(_late, 0, wanted: 10);
        Assert.Equal(10, _late.Cap(Time(sentAt)));
        var delayed = Ask(_late, sentAt, wanted: 10)!;

        Exchange(_other, 2_601, wanted: 10);
        Assert.Equal(10, _other.Cap(Time(2_602)));
        _ledger = null;
        _run = "second";
        Assert.True(forgottenAt > 2_601);
        return delayed;
    }

    private void Exchange(LeaseKeeper keeper, long at, int wanted)
    {
        var step = Step(Ask(keeper, at, wanted)!, at);
        Assert.True(keeper.OnReply(step.Reply, Time(at)));
    }

    private StepResult Step(NodeReport report, long at)
    {
        var step = LedgerStep.Step(_ledger, report, new EngineMoment(at, _run, _run == "first" ? -100_000 : 2_700));
        _ledger = step.Ledger;
        return step;
    }

    private static NodeReport? Ask(LeaseKeeper keeper, long at, int wanted) => keeper.Next(new NodeDemand(0, wanted), Time(at), out _);

    private static NodeTime Time(long at) => new(at, at);
}
