using System.Text.Json;
using KiwiBalancer.Demo.Report.Chart;
using KiwiBalancer.Demo.Tests.Support;

namespace KiwiBalancer.Demo.Tests;

public sealed class EndToEndTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kiwi-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--strategy", "weighted", "weighted")]
    [InlineData("--strategy", "roundrobin", "roundrobin")]
    [InlineData("--strategy", "single", "single")]
    [InlineData("--strategy", "batch", "batch")]
    [InlineData("--baseline", "semaphore", "semaphore")]
    public async Task Run_TwoClientsOnFourSlots_KeepsEveryGuarantee(string option, string value, string strategy)
    {
        string json = Path.Combine(_folder, "result.json");

        DemoResult result = await DemoResult.OfAsync(
            "--limit", "4", "--clients", "a:1:40,b:2:80", "--duration", "5-15", "--least-utilisation", "0", "--plain", "--json", json, option, value);

        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Kept, result.ExitCode);
        Assert.Matches(@"^max in flight 4 of 4, utilisation \d+\.\d %, violations 0, lost 0$", result.OutputLines[^1]);
        Assert.Contains("a arrives", result.Output, StringComparison.Ordinal);
        Assert.Contains("b has finished", result.Output, StringComparison.Ordinal);

        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        JsonElement root = report.RootElement;
        Assert.Equal(strategy, root.GetProperty("strategy").GetString());
        Assert.Equal(120, root.GetProperty("completed").GetInt32());
        Assert.Equal(0, root.GetProperty("failed").GetInt32());
        Assert.Equal(0, root.GetProperty("lost").GetInt32());
        Assert.Equal(0, root.GetProperty("violations").GetInt32());
        Assert.Equal(4, root.GetProperty("maxInFlight").GetInt32());
        Assert.Equal([40, 80], root.GetProperty("clients").EnumerateArray().Select(c => c.GetProperty("completed").GetInt32()));
    }

    [Fact]
    public async Task Run_TwoTraces_SendsEveryLineOfBoth()
    {
        string code = WriteTrace("code.csv", "2023-11-16 18:17:03.0000000,100,1", "2023-11-16 18:17:03.5000000,200,2", "2023-11-16 18:17:04.0000000,50,1");
        string chat = WriteTrace("chat.csv", "2023-11-16 18:17:03.2000000,100,3", "2023-11-16 18:17:03.6000000,100,4");

        DemoResult result = await DemoResult.OfAsync(
            "--trace", $"{code}:code:1", "--trace", $"{chat}:chat:2", "--limit", "2", "--speed", "5", "--least-utilisation", "0");

        Assert.Contains("code (weight 1, 3 requests), chat (weight 2, 2 requests)", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("violations 0, lost 0", result.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BaselineBoth_PrintsBothTablesAndAddsTheBaselineToTheResult()
    {
        string json = Path.Combine(_folder, "result.json");
        string chart = Path.Combine(_folder, "chart.png");

        DemoResult result = await DemoResult.OfAsync(
            "--limit", "4", "--clients", "a:1:40,b:2:80", "--duration", "5-15", "--least-utilisation", "0", "--json", json, "--chart", chart, "--baseline", "both");

        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Kept, result.ExitCode);
        Assert.Equal(2, result.OutputLines.Count(l => l.StartsWith("max in flight 4 of 4", StringComparison.Ordinal)));
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        JsonElement baseline = report.RootElement.GetProperty("baseline");
        Assert.Equal(("weighted", "semaphore"), (report.RootElement.GetProperty("strategy").GetString(), baseline.GetProperty("strategy").GetString()));
        Assert.Equal(120, baseline.GetProperty("completed").GetInt32());
        Assert.False(baseline.TryGetProperty("baseline", out _));
        Assert.Equal(Picture.WidthOfTwo, PngImage.Read(chart).Width);
    }

    private string WriteTrace(string name, params string[] lines)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "TIMESTAMP,ContextTokens,GeneratedTokens\r\n" + string.Join("\r\n", lines));
        return path;
    }
}
