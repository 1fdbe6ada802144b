using System.Globalization;
using System.Text.Json;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>A node's process, from this side. It ends with <see cref="DisposeAsync"/>, and by itself when this process dies.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly Task _reading;

    // Invariant: what the node has said last. Written by: the reading task. Order: volatile.
    private NodeState _state;

    private NodeProcess(NodeOptions options, ChildProcess process)
    {
        _process = process;
        _state = new NodeState(0, 0, 0, options.Limit, 0, 0, 0, 0, 0, 0, 0, IsLeased: false);
        _reading = ReadAsync();
    }

    public int Id => _process.Id;

    /// <summary>What it is called in the ledger.</summary>
    public string LedgerName => _process.Greeting;

    public NodeState State => Volatile.Read(ref _state);

    public static async Task<NodeProcess> StartAsync(NodeOptions options, CancellationToken cancellationToken) => new(
        options,
        await ChildProcess.StartAsync(typeof(NodeProcess), $"the process of node {options.Name}", [NodeProgram.Verb, JsonSerializer.Serialize(options, NodeOptionsContext.Default.NodeOptions)], cancellationToken));

    public void SetLimit(int limit) => Tell(NodeProgram.Limit + limit.ToString(CultureInfo.InvariantCulture));

    public void SetLoad(int callers) => Tell(NodeProgram.Load + callers.ToString(CultureInfo.InvariantCulture));

    public Task KillAsync() => _process.KillAsync();

    /// <summary>Has it leave as a node should, and waits until it has.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        Tell(NodeProgram.Leave);
        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _reading;
    }

    private void Tell(string command)
    {
        try
        {
            _process.Input.WriteLine(command);
            _process.Input.Flush();
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.Output.ReadLineAsync() is { } line)
        {
            // The last line of a process that was killed may be cut.
            if (line.Count(' '.Equals) == _state.Format().Count(' '.Equals))
            {
                Volatile.Write(ref _state, NodeState.Parse(line));
            }
        }
    }
}
