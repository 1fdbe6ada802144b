using KiwiBalancer.Fleet.Faults;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>A node of the fleet through all its lives: it may be killed and started again. One thing is done to it at a time.</summary>
internal sealed class Member(NodeOptions options) : IAsyncDisposable
{
    private NodeProcess? _process;

    // What earlier lives have counted.
    private NodeState _before = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, IsLeased: false);

    // Invariant: as the last thing done to it left it. Written by: whoever does it. Order: volatile, for views.
    private int _status;

    public string Name => options.Name;

    public int Client => options.Client;

    public int Weight => options.Weight;

    public NodeStatus Status
    {
        get => (NodeStatus)Volatile.Read(ref _status);
        private set => Volatile.Write(ref _status, (int)value);
    }

    /// <summary>What it says now; what it counts is summed over its lives.</summary>
    public NodeState State
    {
        get
        {
            NodeState now = Volatile.Read(ref _process)?.State ?? _before with { Slots = 0, InFlight = 0, Waiting = 0, IsLeased = false };
            return now with
            {
                Granted = _before.Granted + now.Granted,
                Ended = _before.Ended + now.Ended,
                Answered = _before.Answered + now.Answered,
                Dropped = _before.Dropped + now.Dropped,
                Late = _before.Late + now.Late,
                Broke = _before.Broke + now.Broke,
                Reports = _before.Reports + now.Reports,
            };
        }
    }

    public bool IsUp => Status is NodeStatus.Running or NodeStatus.Paused;

    /// <summary>Requests that were granted and have not ended though their node was alive to see it.</summary>
    public long Lost { get; private set; }

    public async Task StartAsync(int limit, CancellationToken cancellationToken)
    {
        Status = NodeStatus.Starting;
        Volatile.Write(ref _process, await NodeProcess.StartAsync(options with { Limit = limit }, cancellationToken));
        Status = NodeStatus.Running;
    }

    public async Task KillAsync()
    {
        Status = NodeStatus.Killed;
        await _process!.KillAsync();
        await EndAsync();
    }

    /// <summary>Stops it for a time.</summary>
    public async Task PauseAsync(TimeSpan time)
    {
        Status = NodeStatus.Paused;
        await Signals.StopForAsync(_process!.Id, time);
        Status = NodeStatus.Running;
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        Status = NodeStatus.Left;
        await _process!.LeaveAsync(cancellationToken);
        Lost += _process.State.Granted - _process.State.Ended;
        await EndAsync();
    }

    public void SetLimit(int limit) => _process?.SetLimit(limit);

    public void SetLoad(int callers) => _process?.SetLoad(callers);

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task EndAsync()
    {
        await _process!.DisposeAsync();
        NodeState all = State;
        Volatile.Write(ref _process, null);
        _before = all;
    }
}
