using KiwiBalancer.Demo.Measuring;
using ScottPlot;

namespace KiwiBalancer.Demo.Report.Chart;

/// <summary>What happened when, written above the limit with a line down to the axis.</summary>
internal static class EventMarks
{
    /// <summary>How much of the slots axis is taken, the text above the limit included.</summary>
    public const double Headroom = 1.22;

    // More than that can neither be told apart nor read.
    private const int Most = 24;
    private const int Rows = 3;
    private const double PixelsPerCharacter = 8.5;
    private static readonly Color Grey = Color.FromHex("#444444");

    /// <param name="plot">Where to write it.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="seconds">The end of the time axis.</param>
    /// <param name="slots">The limit, above which it is written.</param>
    /// <param name="width">About how wide the plot will be, in pixels.</param>
    public static void Add(Plot plot, IReadOnlyList<CourseEvent> events, double seconds, int slots, int width)
    {
        if (events.Count > Most)
        {
            return;
        }

        // Each in the lowest row in which it does not run into the one before.
        double[] rowEnds = new double[Rows];
        foreach (CourseEvent happened in events)
        {
            double length = seconds * happened.Text.Length * PixelsPerCharacter / width;
            bool isLate = happened.At + length > seconds;
            double left = isLate ? happened.At - length : happened.At;
            int row = Math.Max(0, Array.FindIndex(rowEnds, end => end <= left));
            rowEnds[row] = left + length;

            double height = slots * (1.02 + (0.06 * row));
            ScottPlot.Plottables.LinePlot line = plot.Add.Line(happened.At, 0, happened.At, height + (slots * 0.05));
            line.LineColor = Grey;
            line.LineWidth = 1;
            line.LinePattern = LinePattern.Dotted;

            ScottPlot.Plottables.Text text = plot.Add.Text(happened.Text, happened.At, height);
            text.LabelFontColor = Grey;
            text.LabelFontSize = 12;
            text.LabelAlignment = isLate ? Alignment.LowerRight : Alignment.LowerLeft;
            text.OffsetX = isLate ? -3 : 3;
        }
    }
}
