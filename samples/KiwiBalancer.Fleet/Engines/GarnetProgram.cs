using Garnet;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet.Engines;

/// <summary>The process of the embedded engine: <c>engine PORT</c>.</summary>
internal static class GarnetProgram
{
    public const string Verb = "engine";

    /// <summary>What it writes when it listens.</summary>
    public const string Ready = "ready";

    public static async Task<int> RunAsync(string port)
    {
        using IDisposable parent = ParentProcess.Follow();

        // It shows a picture of itself; whoever started this waits for one word.
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        using var server = new GarnetServer(["--port", port, "--bind", "127.0.0.1", "--memory", "64m", "--index", "16m", "--lua"]);
        server.Start();
        await output.WriteLineAsync(Ready);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
