using System.Globalization;
using KiwiBalancer.Demo.Report.Chart;
using Spectre.Console;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>The slots of each client stacked over the time of the run, two levels a line: the picture at the end, as it comes about.</summary>
internal static class HistoryChart
{
    private const int Axis = 6;
    private const int Nobody = -1;

    /// <param name="frame">What to show.</param>
    /// <param name="width">Of the screen.</param>
    /// <param name="height">Lines, those of the events and of the time included; under six nothing is drawn.</param>
    public static IEnumerable<Line> Of(LiveFrame frame, int width, int height)
    {
        int columns = width - Axis - 1;
        int rows = height - 1 - EventRows.Count;
        if (rows < 3 || columns < 10)
        {
            yield break;
        }

        double seconds = Seconds(frame);
        int top = Math.Max(1, Math.Max(frame.Sample.Limit, frame.History.Select(h => h.InFlight.Sum()).DefaultIfEmpty().Max()));
        HistoryPoint?[] points = Resample(frame.History, columns, seconds);
        foreach (Line events in EventRows.Of(frame.Events, Axis, columns, seconds))
        {
            yield return events;
        }

        for (int row = rows - 1; row >= 0; row--)
        {
            string label = row == rows - 1 ? top.ToString(CultureInfo.InvariantCulture) : row == 0 ? "0" : "";
            Line line = new Line().Add($"{label,Axis - 1}│", Line.Dim);
            foreach (HistoryPoint? point in points)
            {
                AddCell(line, ClientAt(point, top * ((2 * row) + 1.5) / (2 * rows)), ClientAt(point, top * ((2 * row) + 0.5) / (2 * rows)));
            }

            yield return line;
        }

        string end = string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s");
        yield return new Line().Add(new string(' ', Axis) + "0" + end.PadLeft(columns - 1), Line.Dim);
    }

    // In steps, so that what has been drawn stays where it is for a while.
    private static double Seconds(LiveFrame frame)
    {
        double seconds = Math.Max(1, frame.ExpectedSeconds * 1.04);
        while (seconds < frame.Sample.At.TotalSeconds)
        {
            seconds *= 1.25;
        }

        return seconds;
    }

    // Null where the run has not got yet.
    private static HistoryPoint?[] Resample(IReadOnlyList<HistoryPoint> history, int columns, double seconds)
    {
        var points = new HistoryPoint?[columns];
        int next = 0;
        for (int column = 0; column < columns; column++)
        {
            double middle = (column + 0.5) * seconds / columns;
            while (next < history.Count && history[next].At < middle)
            {
                next++;
            }

            points[column] = next < history.Count ? history[next] : null;
        }

        return points;
    }

    private static int ClientAt(HistoryPoint? point, double slot)
    {
        double edge = 0;
        for (int client = 0; client < (point?.InFlight.Length ?? 0); client++)
        {
            edge += point!.Value.InFlight[client];
            if (slot <= edge)
            {
                return client;
            }
        }

        return Nobody;
    }

    private static void AddCell(Line line, int upper, int lower)
    {
        if (upper == lower)
        {
            line.Add(upper == Nobody ? " " : "█", upper == Nobody ? Style.Plain : new Style(ColourOf(upper)));
        }
        else if (upper == Nobody)
        {
            line.Add("▄", new Style(ColourOf(lower)));
        }
        else
        {
            line.Add("▀", lower == Nobody ? new Style(ColourOf(upper)) : new Style(ColourOf(upper), ColourOf(lower)));
        }
    }

    private static Color ColourOf(int client)
    {
        (byte red, byte green, byte blue) = Palette.Of(client);
        return new Color(red, green, blue);
    }
}
