using System.Globalization;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Report.Chart;
using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Fleet.Nodes;
using Spectre.Console;

namespace KiwiBalancer.Fleet.Report.Live;

/// <summary>Lays a frame out on a screen of any size: the numbers, a line a node, then the chart if there is room.</summary>
internal static class FleetScreen
{
    private const string Numbers = "  held/lease  waiting  state   ";
    private const int LongestName = 12;
    private static readonly Style Alarm = new(Color.White, Color.Red);
    private static readonly (string Key, string Meaning)[] Keys = [("↑ ↓", "select"), ("k", "kill or start"), ("p", "stop a while"), ("l", "leave"), ("a", "add"), ("+ -", "limit"), ("e", "restart engine"), ("q", "quit")];

    /// <summary>The lines of the screen, never more than <paramref name="height"/>.</summary>
    public static IReadOnlyList<Line> Lines(FleetFrame frame, int width, int height)
    {
        var lines = new List<Line>();
        FleetSample sample = frame.Sample;
        string time = string.Create(CultureInfo.InvariantCulture, $"{sample.At.TotalSeconds,6:F1} s");
        lines.Add(new Line().Add("KiwiBalancer.Redis ", Line.Bold).Add(frame.Title).To(width - time.Length).Add(time, Line.Dim));
        lines.Add(new Line()
            .Add(string.Create(CultureInfo.InvariantCulture, $"in flight {sample.Server.InFlight,3} of {sample.Server.Limit}"), Line.Bold)
            .Add(string.Create(CultureInfo.InvariantCulture, $"  utilisation {100 * sample.Utilisation,3:F0} %  at most {sample.Server.MaxInFlight}"))
            .Add(string.Create(CultureInfo.InvariantCulture, $"  violations {sample.Server.Violations}"), sample.Server.Violations > 0 ? Alarm : Style.Plain));
        lines.Add(new Line());

        int name = Math.Clamp(sample.Nodes.Select(n => n.Name.Length).DefaultIfEmpty().Max(), "node".Length, LongestName);
        int bar = Math.Max(4, width - 2 - name - 1 - 6 - 2 - Numbers.Length);
        lines.Add(new Line().Add($"  {"node".PadRight(name)} weight  {"slots held, ┃ the lease".PadRight(bar)[..bar]}{Numbers}", Line.Dim));
        for (int i = 0; i < sample.Nodes.Count && lines.Count < height - 1; i++)
        {
            lines.Add(Of(frame, i, name, bar));
        }

        lines.AddRange(HistoryChart.Of(Chart(frame), width, Math.Max(0, height - lines.Count - 2)));
        while (lines.Count < height - 1)
        {
            lines.Add(new Line());
        }

        return [.. lines.Take(height - 1), Foot()];
    }

    private static Line Of(FleetFrame frame, int index, int name, int bar)
    {
        (string Name, int Weight, NodeStatus Status, NodeState State) node = frame.Sample.Nodes[index];
        bool isSelected = index == frame.Selected;
        bool isWell = node.Status == NodeStatus.Running && node.State.IsLeased;
        Style text = isSelected ? Line.Bold : isWell ? Style.Plain : Line.Dim;
        (byte red, byte green, byte blue) = Palette.Of(index);
        int held = frame.Sample.Server.ByClient[index];
        Line line = new Line()
            .Add(isSelected ? "▸ " : "  ", text)
            .Add(string.Create(CultureInfo.InvariantCulture, $"{node.Name.PadRight(name)[..name]} {node.Weight,6}  "), text);
        SlotBar.AddTo(line, held, node.State.Slots, frame.Sample.Server.Limit, bar, new Color(red, green, blue));
        return line.Add(string.Create(CultureInfo.InvariantCulture, $"  {held,4}/{node.State.Slots,-5}  {node.State.Waiting,7}  {(isWell ? "leased" : PlainFleetView.Word(node.Status))}"), text);
    }

    private static LiveFrame Chart(FleetFrame frame) => new()
    {
        Strategy = "",
        Sample = new RunSample(frame.Sample.At, frame.Sample.Server.Limit, frame.Sample.Server.InFlight, frame.Sample.Server.MaxInFlight, frame.Sample.Server.Violations, 0, []),
        ExpectedSeconds = frame.ExpectedSeconds,
        History = frame.History,
        Events = frame.Events,
    };

    private static Line Foot()
    {
        var line = new Line();
        foreach ((string key, string meaning) in Keys)
        {
            line.Add(key, Line.Bold).Add($" {meaning}   ", Line.Dim);
        }

        return line;
    }
}
