using System.Globalization;

namespace KiwiBalancer.Fragile;

/// <summary>The fragile server's process, from this side. It ends with <see cref="DisposeAsync"/>, and by itself when this process dies.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private ServerProcess(ChildProcess process, int port) => (_process, Port) = (process, port);

    /// <summary>The port it listens on, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <param name="limit">The server's slots.</param>
    /// <param name="clients">How many clients it tells apart.</param>
    /// <param name="capacity">How many requests its log has room for.</param>
    /// <param name="cancellationToken">Gives up; the process is stopped.</param>
    /// <param name="port">Where it listens; 0: where there is room.</param>
    /// <exception cref="ServerFailedException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(int limit, int clients, int capacity, CancellationToken cancellationToken, int port = 0)
    {
        int[] arguments = [limit, clients, capacity, port];
        ChildProcess process = await ChildProcess.StartAsync(
            typeof(ServerProcess), "the server's process", arguments.Select(number => number.ToString(CultureInfo.InvariantCulture)), cancellationToken);
        return new ServerProcess(process, int.Parse(process.Greeting, CultureInfo.InvariantCulture));
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
