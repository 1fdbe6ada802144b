using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Tests.Support;

/// <summary>A real <c>redis-server</c> of the test's own, on a loopback port nobody else uses, without persistence unless asked for.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int FirstPort = 15_000;
    private const int Ports = 15_000;

    // Written by: whoever wants a port, by an increment. Each process begins elsewhere.
    private static int _ports = Environment.ProcessId % Ports;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiwi-redis-").FullName;
    private readonly string[] _arguments;
    private Process? _process;

    private RedisServer(string[] arguments) => _arguments = arguments;

    /// <summary>Where the program is; null if it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/bin").Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    public int Port { get; private set; }

    public string Configuration => $"127.0.0.1:{Port},abortConnect=false,allowAdmin=true,asyncTimeout=60000,connectTimeout=60000";

    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(arguments) { Port = FreePort() };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the process, on the same port and folder as before.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Program!) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--dir", _folder, .. _arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that it never blocks on a full pipe.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        throw new InvalidOperationException($"redis-server has ended with code {_process.ExitCode}.");
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Configuration);

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <summary>The process, for signals.</summary>
    public int ProcessId => _process!.Id;

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// A loopback port that nobody uses now, and no other test later: below those that the system hands out, since the port of a server that was killed went to another test's, and its node found that one well.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, FirstPort + (Interlocked.Increment(ref _ports) % Ports));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
