using System.Globalization;
using KiwiBalancer.Demo.Report.Chart;
using Spectre.Console;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>A line a client: its slots as a bar with a mark at its share, then the numbers.</summary>
internal static class ClientLines
{
    private const string HeldAndShare = "  held/share";
    private const string WaitingAndDone = "  waiting   done";
    private const int Roomy = 56;
    private const int LongestName = 14;

    /// <param name="frame">What to show.</param>
    /// <param name="width">Of the screen.</param>
    /// <param name="most">The most lines there is room for, the heading included.</param>
    public static IEnumerable<Line> Of(LiveFrame frame, int width, int most)
    {
        IReadOnlyList<int> arrived = frame.Arrived;
        if (most < 2 || arrived.Count == 0)
        {
            yield break;
        }

        int name = Math.Clamp(arrived.Max(i => frame.Sample.Clients[i].Name.Length), "client".Length, LongestName);
        int weight = Math.Max("weight".Length, arrived.Max(i => Text(frame.Sample.Clients[i].Weight).Length));
        string numbers = width >= Roomy ? HeldAndShare + WaitingAndDone : HeldAndShare;
        int bar = Math.Max(4, width - 2 - name - 1 - weight - 2 - numbers.Length);

        // The selected one stays in sight.
        int first = Math.Clamp(arrived.TakeWhile(i => i != frame.Selected).Count() - (most - 2), 0, Math.Max(0, arrived.Count - (most - 1)));
        string shown = arrived.Count > most - 1 ? string.Create(CultureInfo.InvariantCulture, $" (clients {first + 1} to {first + most - 1} of {arrived.Count})") : "";
        yield return new Line().Add($"  {"client".PadRight(name)} {"weight".PadLeft(weight)}  {Fit("slots held, ┃ the share" + shown, bar)}{numbers}", Line.Dim);
        foreach (int i in arrived.Skip(first).Take(most - 1))
        {
            yield return Of(frame, i, name, weight, bar, width >= Roomy);
        }
    }

    private static Line Of(LiveFrame frame, int index, int name, int weight, int bar, bool isRoomy)
    {
        ClientSample client = frame.Sample.Clients[index];
        bool isDone = client.Sent >= client.Requests && client.Ended >= client.Requests;
        bool isSelected = frame.MayChange && index == frame.Selected;
        Style text = isSelected ? Line.Bold : isDone ? Line.Dim : Style.Plain;
        (byte red, byte green, byte blue) = Palette.Of(index);
        Line line = new Line()
            .Add(isSelected ? "▸ " : "  ", text)
            .Add($"{Fit(client.Name, name)} {Text(client.Weight).PadLeft(weight)}  ", text);
        SlotBar.AddTo(line, client.InFlight, client.Share, frame.Sample.Limit, bar, new Color(red, green, blue));
        line.Add(string.Create(CultureInfo.InvariantCulture, $"  {client.InFlight,4}/{client.Share,-5:F1}"), text);
        return !isRoomy ? line : line
            .Add(string.Create(CultureInfo.InvariantCulture, $"  {client.Waiting,7}  {Math.Floor(100 * client.Progress),3} %"), text);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Fit(string text, int width) => text.Length > width ? text[..Math.Max(0, width - 1)] + "…" : text.PadRight(width);
}
