using Spectre.Console;
using Spectre.Console.Rendering;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>One line of the screen. What does not fit is cut off, never wrapped: a line more would push the others out.</summary>
internal sealed class Line : IRenderable
{
    public static readonly Style Dim = new(Color.Grey);
    public static readonly Style Bold = new(decoration: Decoration.Bold);
    private readonly List<Segment> _segments = [];

    /// <summary>How many cells it takes.</summary>
    public int Length => Segment.CellCount(_segments);

    public Line Add(string text, Style? style = null)
    {
        if (text.Length > 0)
        {
            _segments.Add(new Segment(text, style ?? Style.Plain));
        }

        return this;
    }

    /// <summary>Fills up to a column.</summary>
    public Line To(int column) => Add(new string(' ', Math.Max(0, column - Length)));

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(Length, maxWidth), Math.Min(Length, maxWidth));

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int left = maxWidth;
        foreach (Segment segment in _segments)
        {
            if (left > 0 && Segment.Truncate(segment, left) is { } fitting)
            {
                left -= fitting.CellCount();
                yield return fitting;
            }
        }

        yield return Segment.LineBreak;
    }
}
