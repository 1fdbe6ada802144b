using KiwiBalancer.Demo.Report.Chart;
using Spectre.Console;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>Slots as a bar, exact to an eighth of a cell, with a mark where they should end.</summary>
internal static class SlotBar
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Mark = "┃";

    /// <param name="line">Where to add it.</param>
    /// <param name="held">Slots held.</param>
    /// <param name="ideal">Slots that should be; null for no mark.</param>
    /// <param name="limit">What the whole width stands for.</param>
    /// <param name="width">In cells.</param>
    /// <param name="colour">Of the bar.</param>
    public static void AddTo(Line line, int held, double? ideal, int limit, int width, Color colour)
    {
        var filled = new Style(colour);
        int eighths = (int)Math.Round(Math.Clamp((double)held / Math.Max(1, limit), 0, 1) * width * 8);
        int mark = ideal is > 0 ? Math.Clamp((int)Math.Round(ideal.Value / Math.Max(1, limit) * width) - 1, 0, width - 1) : -1;
        int from = 0;
        if (mark >= 0)
        {
            line.Add(Cells(0, mark, eighths), filled);
            Color ink = Palette.IsLight(colour.R, colour.G, colour.B) ? Color.Black : Color.White;
            line.Add(Mark, eighths >= (mark + 1) * 8 ? new Style(ink, colour) : Line.Bold);
            from = mark + 1;
        }

        line.Add(Cells(from, width, eighths), filled);
    }

    private static string Cells(int from, int to, int eighths) =>
        string.Concat(Enumerable.Range(from, Math.Max(0, to - from)).Select(cell => Eighths[Math.Clamp(eighths - (cell * 8), 0, 8)]));
}
