using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>What happened, above the moment of the chart at which it did.</summary>
internal static class EventRows
{
    /// <summary>How many lines it takes.</summary>
    public const int Count = 2;

    private const string Mark = "▾";

    /// <param name="events">What happened, in order.</param>
    /// <param name="axis">The columns left of the chart.</param>
    /// <param name="columns">The columns of the chart.</param>
    /// <param name="seconds">What they stand for.</param>
    public static IReadOnlyList<Line> Of(IReadOnlyList<CourseEvent> events, int axis, int columns, double seconds)
    {
        Line[] rows = [.. Enumerable.Range(0, Count).Select(_ => new Line().To(axis))];
        foreach (CourseEvent happened in events)
        {
            int column = axis + Math.Clamp((int)(happened.At * columns / seconds), 0, columns - 1);
            string text = Mark + happened.Text;

            // At the right edge the words stand before the mark.
            (int start, string shown) = column + text.Length > axis + columns
                ? (column - happened.Text.Length, happened.Text + Mark)
                : (column, text);
            if (rows.FirstOrDefault(r => Ends(r, axis) <= start) is { } free)
            {
                free.To(start).Add(shown, Line.Dim);
            }
        }

        return rows;
    }

    private static int Ends(Line row, int axis) => row.Length == axis ? axis : row.Length + 1;
}
