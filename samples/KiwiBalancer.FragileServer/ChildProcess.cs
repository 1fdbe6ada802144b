using System.Diagnostics;

namespace KiwiBalancer.Fragile;

/// <summary>A program of the samples that another one has started. It ends with <see cref="DisposeAsync"/>, and by itself when this process dies: see <see cref="ParentProcess"/>.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The first line it wrote: it is ready.</summary>
    public string Greeting { get; private set; } = "";

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it reads. When this is closed it ends.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it writes after the greeting.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <param name="program">A type of the program.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="cancellationToken">Gives up; the process is stopped.</param>
    /// <exception cref="ServerFailedException">It did not start.</exception>
    public static async Task<ChildProcess> StartAsync(Type program, string what, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = Executable(program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;

        // All three, or the runtime would hand the terminal to the child, and keys would be echoed and wait for Enter.
        start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new ServerFailedException($"{what} could not be started from '{start.FileName}'");
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is { } text ? text + Environment.NewLine : "");
        process.BeginErrorReadLine();
        var child = new ChildProcess(process);
        try
        {
            child.Greeting = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(StartTimeout, TimeProvider.System, cancellationToken)
                ?? throw new ServerFailedException($"{what} ended before it was ready; see its message above");
            return child;
        }
        catch (Exception e)
        {
            await child.DisposeAsync();
            throw e is TimeoutException ? new ServerFailedException($"{what} was not ready within {StartTimeout.TotalSeconds} s", e) : e;
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

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
            try
            {
                _process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already, and left something unread.
            }

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
    private static ProcessStartInfo Executable(Type program)
    {
        string assembly = program.Assembly.Location;
        string executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null)!;
        return File.Exists(executable)
            ? new ProcessStartInfo(executable)
            : new ProcessStartInfo("dotnet") { ArgumentList = { assembly } };
    }
}
