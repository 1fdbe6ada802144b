using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KiwiBalancer.Demo;
using KiwiBalancer.Fleet;
using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>The sample as it is run.</summary>
public sealed class FleetCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kiwi-fleet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_TwoNodesOnAnEmbeddedEngine_KeepsEveryGuarantee()
    {
        string json = Path.Combine(_folder, "result.json");
        string chart = Path.Combine(_folder, "chart.png");

        (int exitCode, string output, string error) = await RunAsync(
            "--limit", "6", "--nodes", "a:1,b:2", "--seconds", "3", "--engine", "garnet", "--least-utilisation", "0", "--plain", "--json", json, "--chart", chart);

        Assert.Equal("", error);
        Assert.Equal(ExitCode.Kept, exitCode);
        Assert.Matches(@"^max in flight 6 of 6, utilisation \d+\.\d %, violations 0, lost 0, sumHold 6 = 6 of the nodes' holds$", output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.True(new FileInfo(chart).Length > 0);
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        Assert.Equal(0, report.RootElement.GetProperty("violations").GetInt32());
        Assert.All(report.RootElement.GetProperty("nodes").EnumerateArray(), node => Assert.True(node.GetProperty("answered").GetInt32() > 0));
    }

    [Fact]
    public async Task Run_WrongArguments_NamesAllOfThemAndStartsNothing()
    {
        (int exitCode, string output, string error) = await RunAsync(
            "--limit", "0", "--nodes", "a", "--seconds", "x", "--redis", "nowhere", "--seed", "1", "--chart", "picture.jpg");

        Assert.Equal(ExitCode.WrongArguments, exitCode);
        Assert.Equal("", output);
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(["--limit", "--nodes", "--seconds", "--redis", "--seed", "--chart"], name => Assert.Single(lines, line => line.StartsWith(name, StringComparison.Ordinal)));
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public async Task Run_RedisThatIsNotThere_SaysSo()
    {
        (int exitCode, _, string error) = await RunAsync("--redis", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LoopbackPort.Free()}"));

        Assert.Equal(ExitCode.Broken, exitCode);
        Assert.StartsWith("no Redis answers at 127.0.0.1:", error, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Process_KilledWhileItRuns_LeavesNoChildBehind()
    {
        string program = Path.ChangeExtension(typeof(FleetApp).Assembly.Location, null);
        using Process process = Process.Start(new ProcessStartInfo(program, ["--plain", "--seconds", "3000", "--engine", "redis-server"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        int[] children = [];

        // The server, three nodes, and the engine under its guard.
        await Eventually.TrueAsync(() => (children = ChildrenOf(process.Id)).Length >= 6, "all have been started");
        process.Kill();
        await process.WaitForExitAsync().Within();

        await Eventually.TrueAsync(() => children.All(child => !IsAlive(child)), "all have ended");
    }

    // Children and theirs, from the list of processes that Linux keeps as files.
    private static int[] ChildrenOf(int process)
    {
        int[] own = [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(id => ParentOf(id) == process)];
        return [.. own, .. own.SelectMany(ChildrenOf)];
    }

    private static int? ParentOf(int process) => Stat(process) is { } words ? int.Parse(words[1], CultureInfo.InvariantCulture) : null;

    private static bool IsAlive(int process) => Stat(process) is { } words && words[0] != "Z";

    // State and parent stand behind the name, which is in parentheses.
    private static string[]? Stat(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await FleetApp.RunAsync(args, output, error).WaitAsync(Eventually.Watchdog);
        return (exitCode, output.ToString(), error.ToString());
    }
}
