using System.Net;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Tests.Load;

public sealed class LoadRunTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);
    private static readonly Scenario Scenario = new(2, [("a", 1), ("b", 3)],
    [
        new PlannedRequest(0, TimeSpan.Zero, TimeSpan.FromMilliseconds(1)),
        new PlannedRequest(0, TimeSpan.Zero, TimeSpan.FromMilliseconds(2)),
        new PlannedRequest(1, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(3)),
    ]);

    private readonly RequestLog _log = new(3, 2);

    [Fact]
    public async Task RunAsync_ClientsOneAfterAnother_AdmitsEachAtItsFirstRequestAndLetsGoAfterItsLast()
    {
        var gate = new FakeGate(_ => new ValueTask<HttpStatusCode>(HttpStatusCode.NoContent));

        await RunAsync(gate);

        Assert.Equal(["+a:1", "-a", "+b:3", "-b"], gate.Events);
        Assert.Equal((2, 0, 2), _log.Counts(0));
        Assert.Equal((1, 0, 1), _log.Counts(1));
        Assert.All(_log.Records.ToArray(), r => Assert.Equal((Outcome.Completed, 1), (r.Outcome, r.Endings)));
    }

    [Fact]
    public async Task RunAsync_RequestThatThrows_IsFailedAndTheOthersGoOn()
    {
        var gate = new FakeGate(r => r.Index == 1 ? throw new HttpRequestException("broke") : new ValueTask<HttpStatusCode>(HttpStatusCode.NoContent));

        await RunAsync(gate);

        Assert.Equal([Outcome.Completed, Outcome.Failed, Outcome.Completed], _log.Records.ToArray().Select(r => r.Outcome));
        Assert.Equal("broke", _log.FirstError?.Message);
    }

    [Fact]
    public async Task RunAsync_RequestThatNeverEnds_DoesNotHoldUpTheOthersAndIsOpenInTheLog()
    {
        var never = new TaskCompletionSource<HttpStatusCode>();
        var last = new TaskCompletionSource();
        var gate = new FakeGate(r =>
        {
            if (r.Index == 2)
            {
                last.SetResult();
            }

            return r.Index == 0 ? new ValueTask<HttpStatusCode>(never.Task) : new ValueTask<HttpStatusCode>(HttpStatusCode.NoContent);
        });

        Task run = RunAsync(gate);
        await last.Task.WaitAsync(Watchdog);

        Assert.False(run.IsCompleted);
        Assert.Equal((2, 0, 1), _log.Counts(0));

        never.SetResult(HttpStatusCode.NoContent);
        await run;
    }

    [Fact]
    public async Task Stop_BeforeAClientIsDue_EndsWithoutSendingForIt()
    {
        var scenario = new Scenario(2, [("a", 1), ("b", 3)], [new PlannedRequest(0, TimeSpan.Zero, default), new PlannedRequest(1, TimeSpan.FromHours(1), default)]);
        var gate = new FakeGate(_ => new ValueTask<HttpStatusCode>(HttpStatusCode.NoContent));
        var load = new LoadRun(scenario, gate, _log, new PlainView(TextWriter.Null));

        Task run = load.RunAsync(CancellationToken.None);
        load.Stop();
        await run.WaitAsync(Watchdog);

        Assert.Equal(["+a:1", "-a"], gate.Events);
        Assert.Equal((0, 0, 0), _log.Counts(1));
    }

    [Fact]
    public async Task Remove_ClientWhoseRequestsWait_CallsTheirRejectionsWithdrawn()
    {
        var rejected = new TaskCompletionSource<HttpStatusCode>();
        var gate = new FakeGate(r => r.Client == 0 ? new ValueTask<HttpStatusCode>(rejected.Task) : new ValueTask<HttpStatusCode>(HttpStatusCode.NoContent));
        var load = new LoadRun(Scenario, gate, _log, new PlainView(TextWriter.Null));

        Task run = load.RunAsync(CancellationToken.None);
        load.Remove(0);
        rejected.SetException(new ObjectDisposedException("a"));
        await run.WaitAsync(Watchdog);

        Assert.Equal([Outcome.Withdrawn, Outcome.Withdrawn, Outcome.Completed], _log.Records.ToArray().Select(r => r.Outcome));
        Assert.Null(_log.FirstError);
    }

    [Fact]
    public async Task TryAdd_ClientInReserve_SendsAllItsRequestsAndTheRunWaitsForThem()
    {
        Scenario scenario = Reserve.AddTo(Scenario);
        var log = new RequestLog(scenario.AllRequests, scenario.Clients.Count);
        var added = new TaskCompletionSource<HttpStatusCode>();
        var gate = new FakeGate(r => r.Client == 0 ? new ValueTask<HttpStatusCode>(HttpStatusCode.NoContent) : new ValueTask<HttpStatusCode>(added.Task));
        var load = new LoadRun(scenario, gate, log, new PlainView(TextWriter.Null));

        Task run = load.RunAsync(CancellationToken.None);
        Assert.True(load.TryAdd(2));
        Assert.False(run.IsCompleted);
        added.SetResult(HttpStatusCode.NoContent);
        await run.WaitAsync(Watchdog);

        Assert.Equal(scenario.Clients[2].Requests, log.Counts(2).Ended);
        Assert.False(load.TryAdd(3));
    }

    private Task RunAsync(FakeGate gate) =>
        new LoadRun(Scenario, gate, _log, new PlainView(TextWriter.Null)).RunAsync(CancellationToken.None).WaitAsync(Watchdog);
}
