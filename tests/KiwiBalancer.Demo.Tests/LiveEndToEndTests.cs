using KiwiBalancer.Demo.Tests.Report.Live;
using KiwiBalancer.Demo.Tests.Support;

namespace KiwiBalancer.Demo.Tests;

public sealed class LiveEndToEndTests : IDisposable
{
    private static readonly string[] Load = ["--limit", "4", "--clients", "a:1:4000,b:2:4000", "--duration", "5-15"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weighted")]
    [InlineData("roundrobin")]
    [InlineData("single")]
    [InlineData("batch")]
    public async Task Run_EveryKeyPressed_NeverGoesOverAndLosesNothing(string strategy)
    {
        // Up, down, one more client, its neighbour heavier and lighter, pause and resume, down again, remove, quit.
        var terminal = new FakeTerminal("++--ajllh  ---+rq");

        DemoResult result = await DemoResult.OnAsync(terminal, [.. Load, "--strategy", strategy, "--chart", _folder.File("chart.png")]);

        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Kept, result.ExitCode);
        Assert.False(terminal.IsOpen);
        Assert.Equal(0, terminal.KeysLeft);
        Assert.Contains("not judged: shares and utilisation, you changed the load", result.Output, StringComparison.Ordinal);
        Assert.Contains("violations 0, lost 0", result.Output, StringComparison.Ordinal);
        Assert.Contains(terminal.Frames, f => f.Contains("delta", StringComparison.Ordinal));
        Assert.Contains(terminal.Frames, f => f.Contains("paused", StringComparison.Ordinal));
        Assert.True(PngImage.Read(_folder.File("chart.png")).Width > 0);
    }

    [Fact]
    public async Task Run_PlainOnATerminal_WritesLinesAndDrawsNothing()
    {
        var terminal = new FakeTerminal("");

        DemoResult result = await DemoResult.OnAsync(terminal, "--plain", "--limit", "4", "--clients", "a:1:40", "--duration", "5-15", "--least-utilisation", "0");

        Assert.Equal(ExitCode.Kept, result.ExitCode);
        Assert.Empty(terminal.Frames);
        Assert.Contains("a arrives", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("max in flight", result.OutputLines[^1], StringComparison.Ordinal);
    }
}
