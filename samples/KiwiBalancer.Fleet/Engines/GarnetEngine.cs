using System.Globalization;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet.Engines;

/// <summary>An embedded Microsoft.Garnet, in a process of its own so that it can fail alone.</summary>
internal sealed class GarnetEngine : IEngine
{
    private readonly int _port = LoopbackPort.Free();
    private ChildProcess? _process;

    private GarnetEngine()
    {
    }

    public string Name => "embedded Garnet";

    public bool HasSnapshots => false;

    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},abortConnect=false,allowAdmin=true");

    public int? ProcessId => _process!.Id;

    public static async Task<GarnetEngine> StartAsync()
    {
        var engine = new GarnetEngine();
        await engine.StartAgainAsync();
        return engine;
    }

    /// <exception cref="ServerFailedException">It did not start.</exception>
    public async Task StartAgainAsync(bool fromSnapshot = false)
    {
        _process = await ChildProcess.StartAsync(
            typeof(GarnetEngine), "the engine's process", [GarnetProgram.Verb, _port.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
        if (_process.Greeting != GarnetProgram.Ready)
        {
            throw new ServerFailedException($"the engine did not start: {_process.Greeting}");
        }

        // Read on, so that it never blocks on a full pipe.
        _ = _process.Output.BaseStream.CopyToAsync(Stream.Null);
    }

    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await _process.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
