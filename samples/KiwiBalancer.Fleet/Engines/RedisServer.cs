using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet.Engines;

/// <summary>A real <c>redis-server</c> of this run's own, on a loopback port nobody else uses, without persistence unless asked for.</summary>
internal sealed class RedisServer : IEngine
{
    // It watches the input for us: the engine ends with whoever started it, also if that crashes, and also while it is stopped.
    private const string Guard = "trap '' INT; \"$@\" </dev/null & echo $!; read -r _; kill -9 $!; wait";

    private readonly string _folder = Directory.CreateTempSubdirectory("kiwi-redis-").FullName;
    private readonly string[] _arguments;
    private Process? _guard;
    private int _id;

    private RedisServer(string[] arguments) => _arguments = arguments;

    /// <summary>Where the program is; null if it is not installed.</summary>
    public static string? Program { get; } = OperatingSystem.IsWindows() ? null : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/bin").Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    public string Name => "redis-server";

    public bool HasSnapshots => true;

    public int Port { get; private init; }

    public string Configuration => $"127.0.0.1:{Port},abortConnect=false,allowAdmin=true,asyncTimeout=60000,connectTimeout=60000";

    /// <summary>The process, for signals.</summary>
    public int ProcessId => _id;

    int? IEngine.ProcessId => _id;

    private string Snapshot => Path.Combine(_folder, "dump.rdb");

    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(arguments) { Port = LoopbackPort.Free() };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the process, on the same port and folder as before.</summary>
    /// <param name="fromSnapshot">With what <c>SAVE</c> wrote last; else empty.</param>
    public async Task StartAgainAsync(bool fromSnapshot = false)
    {
        if (!fromSnapshot)
        {
            File.Delete(Snapshot);
        }

        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (string argument in (string[])["-c", Guard, "guard", Program!, "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--dir", _folder, .. _arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _guard?.Dispose();
        _guard = Process.Start(start)!;
        _id = int.Parse((await LineAsync())!, CultureInfo.InvariantCulture);
        while (await LineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that it never blocks on a full pipe.
                _ = _guard.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }

            if (line.Contains("Failed listening", StringComparison.Ordinal) || line.Contains("FATAL", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"redis-server has ended: {line}");
            }
        }

        throw new InvalidOperationException("redis-server has ended before it was ready.");

        Task<string?> LineAsync() => _guard.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Configuration);

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        if (_guard is { HasExited: false })
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit();
        }
    }

    public Task KillAsync()
    {
        Kill();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _guard?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
