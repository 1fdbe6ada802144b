using System.Diagnostics;
using System.Globalization;

namespace KiwiBalancer.Fragile;

/// <summary>The fragile server's process, from this side. It ends with <see cref="DisposeAsync"/>, and by itself when this process dies.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>The port it listens on, on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <param name="limit">The server's slots.</param>
    /// <param name="clients">How many clients it tells apart.</param>
    /// <param name="capacity">How many requests its log has room for.</param>
    /// <param name="cancellationToken">Gives up; the process is stopped.</param>
    /// <param name="port">Where it listens; 0: where there is room.</param>
    /// <exception cref="ServerFailedException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(int limit, int clients, int capacity, CancellationToken cancellationToken, int port = 0)
    {
        ProcessStartInfo start = Executable();
        foreach (int number in (ReadOnlySpan<int>)[limit, clients, capacity, port])
        {
            start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;

        // All three, or the runtime would hand the terminal to the child, and keys would be echoed and wait for Enter.
        start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new ServerFailedException($"the server's process could not be started from '{start.FileName}'");
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is { } text ? text + Environment.NewLine : "");
        process.BeginErrorReadLine();
        var server = new ServerProcess(process);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
            server.Port = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int listens)
                ? listens
                : throw new ServerFailedException("the server's process ended before it listened; see its message above");
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw e is TimeoutException ? new ServerFailedException($"the server did not listen within {StartTimeout.TotalSeconds} s", e) : e;
        }
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            _process.StandardInput.Close();
            try
            {
                await _process.WaitForExitAsync().WaitAsync(StopTimeout, TimeProvider.System);
            }
            catch (TimeoutException)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }
    }

    // It lies beside every program that refers to it.
    private static ProcessStartInfo Executable()
    {
        string assembly = typeof(ServerProcess).Assembly.Location;
        string executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null)!;
        return File.Exists(executable)
            ? new ProcessStartInfo(executable)
            : new ProcessStartInfo("dotnet") { ArgumentList = { assembly } };
    }
}
