using System.Runtime.InteropServices;

namespace KiwiBalancer.Fragile;

/// <summary>Whoever started this process, from its side. The input is a pipe from there; it ends when that closes it or dies, however it dies.</summary>
internal static class ParentProcess
{
    /// <summary>Ends this process when the input ends. Until then each line of it is handled, one at a time.</summary>
    /// <returns>What to keep for as long as the process lives.</returns>
    public static IDisposable Follow(Action<string>? handle = null)
    {
        // A thread of its own notices even when the pool is busy.
        new Thread(() =>
        {
            using var input = new StreamReader(Console.OpenStandardInput());
            while (input.ReadLine() is { } line)
            {
                handle?.Invoke(line);
            }

            Environment.Exit(0);
        })
        { IsBackground = true, Name = "waits for the end of input" }.Start();

        // Ctrl+C reaches every process of the terminal: whoever started this decides.
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
    }
}
