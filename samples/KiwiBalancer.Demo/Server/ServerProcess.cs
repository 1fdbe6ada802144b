using System.Diagnostics;
using System.Globalization;

namespace KiwiBalancer.Demo.Server;

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
    /// <exception cref="RunFailedException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(int limit, int clients, int capacity, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = ExecutableItself();
        start.ArgumentList.Add(ServerVerb.Name);
        foreach (int number in (ReadOnlySpan<int>)[limit, clients, capacity])
        {
            start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;

        // All three, or the runtime would hand the terminal to the child, and keys would be echoed and wait for Enter.
        start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new RunFailedException($"the server's process could not be started from '{start.FileName}'");
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is { } text ? text + Environment.NewLine : "");
        process.BeginErrorReadLine();
        var server = new ServerProcess(process);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
            server.Port = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                ? port
                : throw new RunFailedException("the server's process ended before it listened; see its message above");
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw e is TimeoutException ? new RunFailedException($"the server did not listen within {StartTimeout.TotalSeconds} s", e) : e;
        }
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

    // Where the demo is a library of another program, as in its tests, the executable still lies beside it.
    private static ProcessStartInfo ExecutableItself()
    {
        string assembly = typeof(ServerProcess).Assembly.Location;
        string executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null)!;
        return File.Exists(executable)
            ? new ProcessStartInfo(executable)
            : new ProcessStartInfo("dotnet") { ArgumentList = { assembly } };
    }
}
