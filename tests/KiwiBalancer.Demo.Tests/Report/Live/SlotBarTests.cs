using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Demo.Tests.Support;
using Spectre.Console;

namespace KiwiBalancer.Demo.Tests.Report.Live;

public sealed class SlotBarTests
{
    [Theory]
    [InlineData(0, null, "          ")]
    [InlineData(100, null, "██████████")]
    [InlineData(150, null, "██████████")]
    [InlineData(50, null, "█████     ")]
    [InlineData(45, null, "████▌     ")]
    [InlineData(1, null, "▏         ")]
    [InlineData(50, 50.0, "████┃     ")]
    [InlineData(20, 80.0, "██     ┃  ")]
    [InlineData(80, 20.0, "█┃██████  ")]
    [InlineData(0, 100.0, "         ┃")]
    [InlineData(10, 0.0, "█         ")]
    public void AddTo_SlotsOfAHundred_FillsItsPartAndMarksTheShare(int held, double? ideal, string expected)
    {
        var line = new Line();

        SlotBar.AddTo(line, held, ideal, limit: 100, width: 10, Color.Red);

        Assert.Equal(expected, Text(line));
    }

    [Fact]
    public void AddTo_NoLimitAtAll_IsNoDivisionByZero()
    {
        var line = new Line();

        SlotBar.AddTo(line, 3, 0, limit: 0, width: 4, Color.Red);

        Assert.Equal("████", Text(line));
    }

    private static string Text(Line line)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 40;
        console.Write(line);
        return AnsiText.Plain(text.ToString()).TrimEnd('\r', '\n');
    }
}
