using System.Globalization;
using KiwiBalancer.Demo.Measuring;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>Lays a frame out on a screen of any size. What matters least goes first when there is too little room.</summary>
internal static class Screen
{
    private const int MostEvents = 5;
    private const int LeastChart = 6;
    private const int RoomyChart = 16;

    /// <summary>The lines of the screen, never more than <paramref name="height"/>.</summary>
    public static IReadOnlyList<Line> Lines(LiveFrame frame, int width, int height)
    {
        var lines = new List<Line>(HeadLines.Of(frame, width));
        const int foot = 1;
        int clients = Math.Min(frame.Arrived.Count + 1, Math.Max(0, height - lines.Count - foot));
        int left = height - lines.Count - clients - foot;

        // On a small screen the chart, which marks the events as well; on a large one both.
        int events = left >= LeastChart + RoomyChart ? MostEvents + 1 : left < LeastChart + 1 ? Math.Min(left, frame.Events.Count + 1) : 0;
        int chart = left - events - 1;
        if (left > LeastChart)
        {
            lines.Add(new Line());
        }

        lines.AddRange(ClientLines.Of(frame, width, clients));
        if (chart >= LeastChart)
        {
            lines.AddRange(HistoryChart.Of(frame, width, chart - (events == 0 ? 0 : 1)));
        }

        if (events > 1)
        {
            lines.Add(new Line());
            lines.AddRange(frame.Events.TakeLast(events - 1).Select(Of));
        }

        while (lines.Count < height - foot)
        {
            lines.Add(new Line());
        }

        return [.. lines.Take(height - foot), FootLine.Of(frame)];
    }

    /// <summary>The screen as text with colours, ready to be written from its upper left corner.</summary>
    public static string Draw(LiveFrame frame, int width, int height, ColorSystemSupport colours) => Draw(Lines(frame, width, height), width, height, colours);

    /// <summary>Lines as text with colours, ready to be written from the upper left corner.</summary>
    public static string Draw(IEnumerable<IRenderable> lines, int width, int height, ColorSystemSupport colours)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colours,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        foreach (IRenderable line in lines)
        {
            console.Write(line);
        }

        // What the line before left to the right of it is erased; after the last one nothing may scroll.
        return text.ToString().TrimEnd('\n').Replace("\n", "\e[K\r\n", StringComparison.Ordinal) + "\e[K";
    }

    private static Line Of(CourseEvent happened) =>
        new Line().Add(string.Create(CultureInfo.InvariantCulture, $"{happened.At,6:F1} s  {happened.Text}"), Line.Dim);
}
