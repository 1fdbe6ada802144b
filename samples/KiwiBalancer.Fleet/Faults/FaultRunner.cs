using System.Diagnostics;
using System.Globalization;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Fleet.Nodes;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet.Faults;

/// <summary>Makes things go wrong, one at a time, and notes when.</summary>
internal sealed class FaultRunner(RunningFleet fleet, Random random, Action<string> happened)
{
    private static readonly TimeSpan Down = TimeSpan.FromMilliseconds(300);
    private readonly int _fullLimit = fleet.Limit;

    private TimeSpan Lease => TimeSpan.FromMilliseconds(fleet.Times.Lease);

    // For what needs no wait but a few reports: two intervals.
    private TimeSpan News => TimeSpan.FromMilliseconds(2 * fleet.Times.Interval);

    /// <summary>What can be done to this fleet. An engine that was given is not harmed.</summary>
    public static IReadOnlyList<FaultKind> KindsFor(IEngine engine) =>
    [
        FaultKind.KillNode,
        FaultKind.KillTwoNodes,
        .. Signals.CanStop ? [FaultKind.PauseHalfALease, FaultKind.PauseALease, FaultKind.PauseLong] : (FaultKind[])[],
        .. engine.ProcessId is not null ? [FaultKind.KillEngine, FaultKind.Flush] : (FaultKind[])[],
        .. engine.ProcessId is not null && Signals.CanStop ? [FaultKind.FreezeEngine, FaultKind.KillEngineWhilePaused] : (FaultKind[])[],
        .. engine.HasSnapshots ? [FaultKind.StaleEngine] : (FaultKind[])[],
        FaultKind.LowerLimit,
        FaultKind.RaiseLimit,
        FaultKind.Leave,
    ];

    public Task<FaultRecord> RunAsync(FaultKind kind, CancellationToken cancellationToken) => kind switch
    {
        FaultKind.KillNode => KillAsync(kind, Pick(1), cancellationToken),
        FaultKind.KillTwoNodes => KillAsync(kind, Pick(2), cancellationToken),
        FaultKind.PauseHalfALease => PauseAsync(kind, Lease / 2),
        FaultKind.PauseALease => PauseAsync(kind, Lease),
        FaultKind.PauseLong => PauseAsync(kind, Lease * 2.5),
        FaultKind.KillEngine => KillEngineAsync(kind, cancellationToken),
        FaultKind.StaleEngine => KillAndRestoreEngineAsync(kind, cancellationToken),
        FaultKind.FreezeEngine => FreezeEngineAsync(kind),
        FaultKind.KillEngineWhilePaused => KillEngineWhilePausedAsync(kind, cancellationToken),
        FaultKind.Flush => FlushAsync(kind),
        FaultKind.LowerLimit => ChangeLimitAsync(kind, Math.Max(1, fleet.Limit * (40 + random.Next(40)) / 100), cancellationToken),
        FaultKind.RaiseLimit => ChangeLimitAsync(kind, _fullLimit, cancellationToken),
        FaultKind.Leave => LeaveAsync(kind, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a fault"),
    };

    private async Task<FaultRecord> KillAsync(FaultKind kind, Member[] victims, CancellationToken cancellationToken)
    {
        long begun = Say($"{string.Join(" and ", victims.Select(v => v.Name))} killed");
        await Task.WhenAll(victims.Select(v => v.KillAsync()));
        await Task.Delay(Down, TimeProvider.System, cancellationToken);
        await Task.WhenAll(victims.Select(v => fleet.StartAgainAsync(v, cancellationToken)));
        return After(kind, $"{string.Join(" and ", victims.Select(v => v.Name))} killed", begun, fleet.Times.Recovery);
    }

    private async Task<FaultRecord> PauseAsync(FaultKind kind, TimeSpan time)
    {
        Member victim = Pick(1)[0];
        long begun = Say(string.Create(CultureInfo.InvariantCulture, $"{victim.Name} paused for {time.TotalSeconds:F1} s"));
        await victim.PauseAsync(time);
        return After(kind, string.Create(CultureInfo.InvariantCulture, $"{victim.Name} paused {time.TotalSeconds:F0} s"), begun, TimeSpan.Zero);
    }

    private async Task<FaultRecord> KillEngineAsync(FaultKind kind, CancellationToken cancellationToken)
    {
        long begun = Say("engine killed, starts empty");
        await RestartEngineAsync(fromSnapshot: false, cancellationToken);
        return AfterQuarantine(kind, "engine killed, empty", begun);
    }

    private async Task<FaultRecord> KillAndRestoreEngineAsync(FaultKind kind, CancellationToken cancellationToken)
    {
        await ExecuteAsync("SAVE");
        await Task.Delay(Lease / 2, TimeProvider.System, cancellationToken);
        long begun = Say("engine killed, starts from a stale snapshot");
        await RestartEngineAsync(fromSnapshot: true, cancellationToken);
        return AfterQuarantine(kind, "engine killed, stale", begun);
    }

    private async Task<FaultRecord> FreezeEngineAsync(FaultKind kind)
    {
        long begun = Say("engine frozen");
        await Signals.StopForAsync(fleet.Engine.ProcessId!.Value, Lease * 1.5);
        return After(kind, "engine frozen", begun, TimeSpan.Zero);
    }

    private async Task<FaultRecord> KillEngineWhilePausedAsync(FaultKind kind, CancellationToken cancellationToken)
    {
        Member victim = Pick(1)[0];
        long begun = Say($"{victim.Name} paused, and the engine killed");
        Task pause = victim.PauseAsync(Lease * 1.25);
        await RestartEngineAsync(fromSnapshot: false, cancellationToken);
        FaultRecord record = AfterQuarantine(kind, $"{victim.Name} paused, engine killed", begun);
        await pause;
        return record with { Settled = Math.Max(record.Settled, Stopwatch.GetTimestamp() + Ticks(News)) };
    }

    private async Task<FaultRecord> FlushAsync(FaultKind kind)
    {
        long begun = Say("everything in the engine deleted");
        await ExecuteAsync("FLUSHALL");
        return AfterQuarantine(kind, "FLUSHALL", begun);
    }

    private async Task<FaultRecord> ChangeLimitAsync(FaultKind kind, int limit, CancellationToken cancellationToken)
    {
        string what = string.Create(CultureInfo.InvariantCulture, $"limit {limit}");
        long begun = Say(what);
        await fleet.SetLimitAsync(limit, cancellationToken);
        return After(kind, what, begun, TimeSpan.Zero);
    }

    private async Task<FaultRecord> LeaveAsync(FaultKind kind, CancellationToken cancellationToken)
    {
        Member leaver = Pick(1)[0];
        long begun = Say($"{leaver.Name} leaves");
        await leaver.LeaveAsync(cancellationToken);
        long left = Stopwatch.GetTimestamp();
        await Task.Delay(Down, TimeProvider.System, cancellationToken);
        Say($"{leaver.Name} comes back");
        await fleet.StartAgainAsync(leaver, cancellationToken);
        return After(kind, $"{leaver.Name} leaves", begun, TimeSpan.Zero) with { Over = left };
    }

    private async Task RestartEngineAsync(bool fromSnapshot, CancellationToken cancellationToken)
    {
        await fleet.Engine.KillAsync();
        await Task.Delay(Down, TimeProvider.System, cancellationToken);
        await fleet.Engine.StartAgainAsync(fromSnapshot);
    }

    private async Task ExecuteAsync(string command)
    {
        await using ConnectionMultiplexer connection = await fleet.ConnectAsync();
        await connection.GetServers()[0].ExecuteAsync(command);
    }

    /// <summary>Its cause is over now; the fleet has so long from the beginning, and time for a few reports from now.</summary>
    private FaultRecord After(FaultKind kind, string text, long begun, TimeSpan fromBeginning)
    {
        long now = Stopwatch.GetTimestamp();
        return new FaultRecord(kind, text, begun, now, Math.Max(begun + Ticks(fromBeginning), now) + Ticks(News));
    }

    /// <summary>The engine has lost its memory: from now on it waits until all leases must have ended.</summary>
    private FaultRecord AfterQuarantine(FaultKind kind, string text, long begun)
    {
        long now = Stopwatch.GetTimestamp();
        return new FaultRecord(kind, text, begun, now, now + Ticks(fleet.Times.Recovery + News));
    }

    private Member[] Pick(int count)
    {
        Member[] running = [.. fleet.Members.Where(m => m.Status == NodeStatus.Running)];
        random.Shuffle(running);
        return running[..Math.Min(count, running.Length)];
    }

    /// <summary>Says what happens now, and when that is.</summary>
    private long Say(string what)
    {
        happened(what);
        return Stopwatch.GetTimestamp();
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
