using ScottPlot;

namespace KiwiBalancer.Lab.Fairness.Chart;

/// <summary>What clients held over time, or had had until then, under one policy; dashed: the ideal.</summary>
internal static class TracePlot
{
    public static Plot Draw(string title, SlotTrace trace, bool showsUse, double top, bool hasLegend)
    {
        var plot = new Plot();
        for (var i = 0; i < trace.Courses.Count; i++)
        {
            var colour = ChartStyle.Client(i);
            var held = plot.Add.ScatterLine(Points(trace, i, showsUse, ideal: false), colour);
            held.LineWidth = 2.4f;
            held.LegendText = trace.Names[i];
            var ideal = plot.Add.ScatterLine(Points(trace, i, showsUse, ideal: true), ChartStyle.Ink.WithAlpha(0.75));
            ideal.LineWidth = 1.3f;
            ideal.LinePattern = LinePattern.Dashed;
            ideal.LegendText = i == trace.Courses.Count - 1 ? "ideal" : "";
        }

        plot.Title(title, 16);
        plot.XLabel("time, in mean durations of a request", 13);
        plot.YLabel(showsUse ? "slot·D used" : "slots held", 13);
        plot.Axes.SetLimits(0, trace.Window, 0, top);
        plot.Grid.MajorLineColor = ChartStyle.Ink.WithAlpha(0.07);
        ChartStyle.Legend(plot, hasLegend);
        ChartStyle.Apply(plot);
        return plot;
    }

    /// <summary>The highest value drawn.</summary>
    public static double Top(SlotTrace trace, bool showsUse)
    {
        var values = trace.Courses.SelectMany((_, i) => Points(trace, i, showsUse, true).Concat(Points(trace, i, showsUse, false))).Select(p => p.Y);
        return values.DefaultIfEmpty(1).Max();
    }

    private static List<Coordinates> Points(SlotTrace trace, int client, bool showsUse, bool ideal)
    {
        var points = new List<Coordinates>();
        var course = trace.Courses[client];
        for (var i = 0; i < course.Count; i++)
        {
            var point = course[i];
            var until = i + 1 < course.Count ? course[i + 1].Time : trace.Window;
            if (showsUse)
            {
                var rate = ideal ? point.Ideal : point.InFlight;
                var had = ideal ? point.Entitled : point.Used;
                points.Add(new Coordinates(point.Time, had));
                points.Add(new Coordinates(until, had + (rate * (until - point.Time))));
                continue;
            }

            var value = ideal ? point.Ideal : point.InFlight;
            points.Add(new Coordinates(point.Time, value));
            points.Add(new Coordinates(until, value));
        }

        return points;
    }
}
