using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Demo.Tests.Support;
using Spectre.Console;

namespace KiwiBalancer.Demo.Tests.Report.Live;

public sealed class ScreenTests
{
    [Theory]
    [InlineData(80, 24, 2)]
    [InlineData(140, 40, 2)]
    [InlineData(200, 60, 2)]
    [InlineData(80, 24, 100)]
    [InlineData(40, 10, 2)]
    [InlineData(12, 3, 2)]
    [InlineData(1, 1, 2)]
    public void Draw_AnySize_FillsExactlyTheScreen(int width, int height, int clients)
    {
        LiveFrame frame = clients == 2 ? SampleFrame.TwoOfThree : SampleFrame.WithClients(clients);

        string[] lines = Lines(frame, width, height);

        Assert.True(lines.Length <= Math.Max(height, 1), $"{lines.Length} lines on a screen of {height}");
        Assert.All(lines, line => Assert.True(line.Length <= width, $"'{line}' is wider than {width}"));
    }

    [Fact]
    public void Draw_AUsualScreen_ShowsServerClientsChartAndKeys()
    {
        string[] lines = Lines(SampleFrame.TwoOfThree, 80, 24);

        Assert.Equal(24, lines.Length);
        Assert.StartsWith("in flight  90 of 100  utilisation 99.5 %  at most 100  violations 0", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith("▸ alpha", StringComparison.Ordinal) && l.TrimEnd().EndsWith("30/33.3       120   25 %", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("  beta", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("gamma", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("▾beta arrives", StringComparison.Ordinal));
        Assert.Contains("space pause", lines[^1], StringComparison.Ordinal);
        Assert.Contains("q quit", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_AFrame_EndsWithoutANewLineThatWouldScroll() =>
        Assert.EndsWith(" quit", AnsiText.Plain(Screen.Draw(SampleFrame.TwoOfThree, 80, 24, ColorSystemSupport.TrueColor)).TrimEnd(' '), StringComparison.Ordinal);

    [Fact]
    public void Draw_Paused_SaysSoAndOffersToResume()
    {
        string[] lines = Lines(SampleFrame.TwoOfThree with { IsPaused = true }, 80, 24);

        Assert.Contains("paused", lines[0], StringComparison.Ordinal);
        Assert.Contains("space resume", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_NothingToChange_ShowsNoKeys() =>
        Assert.Equal("Ctrl+C ends it", Lines(SampleFrame.TwoOfThree with { MayChange = false }, 80, 24)[^1].TrimEnd());

    [Fact]
    public void Draw_MoreClientsThanLines_KeepsTheSelectedInSight() =>
        Assert.Contains(Lines(SampleFrame.WithClients(100) with { Selected = 70 }, 80, 24), l => l.StartsWith("▸ client-70", StringComparison.Ordinal));

    [Fact]
    public void Draw_WithColours_GivesEveryClientItsOwn()
    {
        string text = Screen.Draw(SampleFrame.TwoOfThree, 80, 24, ColorSystemSupport.TrueColor);

        Assert.Contains("38;2;0;114;178", text, StringComparison.Ordinal);
        Assert.Contains("38;2;230;159;0", text, StringComparison.Ordinal);
    }

    private static string[] Lines(LiveFrame frame, int width, int height) =>
        AnsiText.Plain(Screen.Draw(frame, width, height, ColorSystemSupport.NoColors)).Split("\r\n");
}
