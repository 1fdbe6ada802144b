using System.Diagnostics;
using System.Globalization;
using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Fleet.Nodes;

namespace KiwiBalancer.Fleet;

/// <summary>What a user can do to a fleet while it runs. Each returns at once; what is under way for a node or for the engine is not begun a second time.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="happened">Told what is done.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class FleetControl(RunningFleet fleet, Action<string> happened, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private readonly HashSet<object> _busy = [];
    private readonly List<FaultRecord> _faults = [];
    private readonly TaskCompletionSource _quit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the user has had enough.</summary>
    public Task Quitting => _quit.Task;

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<FaultRecord> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    public void Quit() => _quit.TrySetResult();

    /// <summary>Kills a node, or starts it again.</summary>
    public void KillOrStart(int index) => Do(index, member => member.IsUp
        ? (FaultKind.KillNode, $"{member.Name} killed", member.KillAsync)
        : (FaultKind.KillNode, $"{member.Name} starts", () => fleet.StartAgainAsync(member, cancellationToken)));

    /// <summary>Stops a node for two and a half times its lease.</summary>
    public void Pause(int index) => Do(index, member =>
        (FaultKind.PauseLong, $"{member.Name} stopped", () => member.IsUp ? member.PauseAsync(TimeSpan.FromMilliseconds(2.5 * fleet.Times.Lease)) : Task.CompletedTask));

    public void Leave(int index) => Do(index, member => (FaultKind.Leave, $"{member.Name} leaves", () => member.IsUp ? member.LeaveAsync(cancellationToken) : Task.CompletedTask));

    public void Add()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"node{fleet.Members.Count + 1}");
        Begin(new object(), FaultKind.Leave, $"{name} starts", () => fleet.AddAsync(name, 1, cancellationToken));
    }

    public void ChangeLimit(int by)
    {
        int limit = Math.Clamp(fleet.Limit + (by * Math.Max(1, fleet.Limit / 10)), 1, 1_000);
        Begin(fleet, by < 0 ? FaultKind.LowerLimit : FaultKind.RaiseLimit, string.Create(CultureInfo.InvariantCulture, $"limit {limit}"), () => fleet.SetLimitAsync(limit, cancellationToken));
    }

    /// <summary>Kills the engine and starts it again empty, if it was started for this run.</summary>
    public void RestartEngine()
    {
        if (fleet.Engine.ProcessId is not null)
        {
            Begin(fleet.Engine, FaultKind.KillEngine, "engine restarted", async () =>
            {
                await fleet.Engine.KillAsync();
                await fleet.Engine.StartAgainAsync();
            });
        }
    }

    private void Do(int index, Func<Member, (FaultKind Kind, string What, Func<Task> Action)> choose)
    {
        IReadOnlyList<Member> members = fleet.Members;
        if (index < members.Count && members[index].Status is not (NodeStatus.Starting or NodeStatus.Paused))
        {
            (FaultKind kind, string what, Func<Task> action) = choose(members[index]);
            Begin(members[index], kind, what, action);
        }
    }

    private void Begin(object subject, FaultKind kind, string what, Func<Task> action)
    {
        lock (_lock)
        {
            if (!_busy.Add(subject))
            {
                return;
            }
        }

        happened(what);
        _ = RunAsync(subject, kind, what, action);
    }

    private async Task RunAsync(object subject, FaultKind kind, string what, Func<Task> action)
    {
        long begun = Stopwatch.GetTimestamp();
        try
        {
            await action();
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception e)
        {
            happened($"{what}: {e.Message.ReplaceLineEndings(" ")}");
        }

        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            _busy.Remove(subject);
            _faults.Add(new FaultRecord(kind, what, begun, now, now + (long)((fleet.Times.Recovery + TimeSpan.FromMilliseconds(2 * fleet.Times.Interval)).TotalSeconds * Stopwatch.Frequency)));
        }
    }
}
