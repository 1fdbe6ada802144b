using ScottPlot;

namespace KiwiBalancer.Lab.Fairness.Chart;

/// <summary>What all clients held over time, one on the other; dashed: where each client's part should end.</summary>
internal static class StackPlot
{
    public static Plot Draw(string title, SlotTrace trace, double top, bool hasLegend)
    {
        var plot = new Plot();
        var times = trace.Courses.SelectMany(c => c.Select(p => p.Time)).Distinct().Order().ToArray();
        var bottom = new double[times.Length * 2];
        var ideal = new double[times.Length * 2];
        var steps = Steps(times, trace.Window);
        for (var i = 0; i < trace.Courses.Count; i++)
        {
            var upper = Add(bottom, times, trace.Courses[i], p => p.InFlight);
            var area = plot.Add.FillY(steps, bottom, upper);
            area.FillColor = ChartStyle.Client(i);
            area.LineColor = Colors.White;
            area.LineWidth = 0;
            area.LegendText = trace.Names[i];
            bottom = upper;
        }

        for (var i = 0; i < trace.Courses.Count; i++)
        {
            ideal = Add(ideal, times, trace.Courses[i], p => p.Ideal);
            var line = plot.Add.ScatterLine(steps, ideal, ChartStyle.Ink);
            line.LinePattern = LinePattern.Dashed;
            line.LineWidth = 1.5f;
            line.LegendText = i == 0 ? "ideal" : "";
        }

        plot.Title(title, 16);
        plot.XLabel("time, in mean durations of a request", 13);
        plot.YLabel("slots held", 13);
        plot.Axes.SetLimits(0, trace.Window, 0, top);
        plot.HideGrid();
        ChartStyle.Legend(plot, hasLegend);
        ChartStyle.Apply(plot);
        return plot;
    }

    /// <summary>The most slots held at once.</summary>
    public static double Top(SlotTrace trace)
    {
        var times = trace.Courses.SelectMany(c => c.Select(p => p.Time)).Distinct().Order().ToArray();
        var held = new double[times.Length * 2];
        foreach (var course in trace.Courses)
            held = Add(held, times, course, p => p.InFlight);
        return held.DefaultIfEmpty(1).Max();
    }

    // Two points a step, so that it is one.
    private static double[] Steps(double[] times, double window) =>
        [.. times.SelectMany((t, i) => new[] { t, i + 1 < times.Length ? times[i + 1] : window })];

    private static double[] Add(double[] to, double[] times, List<TracePoint> course, Func<TracePoint, double> value)
    {
        var sum = new double[to.Length];
        var next = 0;
        var now = 0.0;
        for (var i = 0; i < times.Length; i++)
        {
            while (next < course.Count && course[next].Time <= times[i])
                now = value(course[next++]);
            sum[2 * i] = to[2 * i] + now;
            sum[(2 * i) + 1] = to[(2 * i) + 1] + now;
        }

        return sum;
    }
}
