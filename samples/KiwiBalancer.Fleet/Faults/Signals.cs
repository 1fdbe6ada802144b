using System.Diagnostics;
using System.Globalization;

namespace KiwiBalancer.Fleet.Faults;

/// <summary>Signals that .NET has no way to send.</summary>
internal static class Signals
{
    // A process of its own lets the stopped one go on in any case, also if this one dies: nobody is left stopped for ever.
    private const string StopForAWhile = "trap '' INT TERM HUP; kill -STOP $1; sleep $2; kill -CONT $1";

    /// <summary>Whether processes can be stopped here.</summary>
    public static bool CanStop => !OperatingSystem.IsWindows();

    /// <summary>Stops a process for a time, as <c>kill -STOP</c> and <c>kill -CONT</c> do.</summary>
    public static async Task StopForAsync(int process, TimeSpan time)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["-c", StopForAWhile, "stop", process.ToString(CultureInfo.InvariantCulture), time.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using Process shell = Process.Start(start)!;
        await shell.WaitForExitAsync();
    }
}
