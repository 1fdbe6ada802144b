using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Fleet.Nodes;
using KiwiBalancer.Fleet.Report;
using KiwiBalancer.Fleet.Report.Live;
using KiwiBalancer.Fragile;
using Spectre.Console;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>What is drawn of a fleet.</summary>
public class FleetScreenTests
{
    [Theory]
    [InlineData(200, 60)]
    [InlineData(80, 24)]
    [InlineData(40, 8)]
    [InlineData(10, 3)]
    public void Lines_OnAnyScreen_FitAndEndInTheKeys(int width, int height)
    {
        IReadOnlyList<Line> lines = FleetScreen.Lines(Frame(), width, height);

        Assert.Equal(height, lines.Count);
        Assert.Contains("select", Text([lines[^1]], 500), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfAFleet_ShowSeatsInFlightAndWhatHasBecomeOfEachNode()
    {
        string text = Text(FleetScreen.Lines(Frame(), 100, 24), 100);

        Assert.Contains("in flight   7 of 9", text, StringComparison.Ordinal);
        Assert.Contains("violations 0", text, StringComparison.Ordinal);
        Assert.Matches("alpha +1 .* 4/5 +20  leased", text);
        Assert.Matches("beta +2 .* 3/0 +0  killed", text);
    }

    private static FleetFrame Frame()
    {
        var state = new NodeState(5, 4, 20, 9, 0, 0, 0, 0, 0, 0, 0, IsLeased: true);
        return new FleetFrame(
            "limit 9",
            new FleetSample(TimeSpan.FromSeconds(3), new ServerState(9, 7, 9, 0, 0, 100, 1_000, [4, 3]), 0.9, [("alpha", 1, NodeStatus.Running, state), ("beta", 2, NodeStatus.Killed, state with { Slots = 0, Waiting = 0, IsLeased = false })]),
            Selected: 0,
            ExpectedSeconds: 10,
            [new HistoryPoint(1, [4, 5]), new HistoryPoint(3, [4, 3])],
            []);
    }

    private static string Text(IReadOnlyList<Line> lines, int width) =>
        System.Text.RegularExpressions.Regex.Replace(Screen.Draw(lines, width, lines.Count, ColorSystemSupport.NoColors), "\e\\[[0-9;?]*[A-Za-z]", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10));
}
