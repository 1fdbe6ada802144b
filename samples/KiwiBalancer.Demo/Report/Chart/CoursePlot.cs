using System.Globalization;
using KiwiBalancer.Demo.Measuring;
using ScottPlot;

namespace KiwiBalancer.Demo.Report.Chart;

/// <summary>One run as a plot: slots by client stacked over time, against the ideal and the limit.</summary>
internal static class CoursePlot
{
    private static readonly Color Ink = Color.FromHex("#222222");

    /// <param name="run">The run.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="seconds">The end of the time axis.</param>
    /// <param name="slots">The highest limit of the slots axis.</param>
    /// <param name="width">About how wide the plot will be, in pixels.</param>
    public static Plot Draw(RunResult run, string title, double seconds, int slots, int width)
    {
        var plot = new Plot();
        double[] times = [.. Enumerable.Range(0, RunCourse.Bins).Select(i => (i + 0.5) * run.Course.Seconds / RunCourse.Bins)];
        AddStack(plot, times, run.Course.Clients);
        AddIdeal(plot, times, run.Course.Clients, run.Report.Strategy == "roundrobin" ? "equal share" : "share by weight");
        AddLimit(plot, run.Course);
        BandNames.Add(plot, times, run.Course.Clients, slots);
        EventMarks.Add(plot, run.Course.Events, seconds, slots, width);

        plot.Title(string.Create(CultureInfo.InvariantCulture, $"{title}\nutilisation {run.Report.Utilisation:P1}, max in flight {run.Report.MaxInFlight} of {run.Report.Limit}, violations {run.Report.Violations}"), 15);
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.XLabel("seconds since the first request", 13);
        plot.YLabel("slots held at the server", 13);
        plot.Axes.SetLimits(0, seconds, 0, slots * EventMarks.Headroom);
        plot.HideGrid();

        // Above the limit there is room for text, not for slots.
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            LabelFormatter = y => y <= slots ? y.ToString(CultureInfo.InvariantCulture) : "",
        };
        Legend legend = plot.ShowLegend(Edge.Bottom).Legend;
        legend.Orientation = Orientation.Horizontal;
        legend.OutlineColor = Colors.Transparent;
        legend.ShadowColor = Colors.Transparent;
        legend.FontSize = 13;
        FontChoice.Apply(plot);
        return plot;
    }

    private static void AddStack(Plot plot, double[] times, IReadOnlyList<ClientCourse> clients)
    {
        double[] bottom = new double[times.Length];
        for (int client = 0; client < clients.Count; client++)
        {
            double[] top = [.. bottom.Zip(clients[client].InFlight, (b, held) => b + held)];
            ScottPlot.Plottables.FillY area = plot.Add.FillY(times, bottom, top);
            (byte red, byte green, byte blue) = Palette.Of(client);
            area.FillColor = new Color(red, green, blue);
            area.LineColor = Colors.White;
            area.LineWidth = 0.5f;
            area.LegendText = $"{clients[client].Name} (weight {clients[client].Weight.ToString(CultureInfo.InvariantCulture)})";
            bottom = top;
        }
    }

    // Where each client's part of the stack should end.
    private static void AddIdeal(Plot plot, double[] times, IReadOnlyList<ClientCourse> clients, string name)
    {
        double[] edge = new double[times.Length];
        for (int client = 0; client < clients.Count; client++)
        {
            edge = [.. edge.Zip(clients[client].Ideal, (e, ideal) => e + ideal)];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(times, edge, Ink);
            line.LinePattern = LinePattern.Dashed;
            line.LineWidth = 1.6f;
            line.LegendText = client == 0 ? name : "";
        }
    }

    private static void AddLimit(Plot plot, RunCourse course)
    {
        var points = new List<Coordinates>();
        for (int i = 0; i < course.Limits.Count; i++)
        {
            double until = i + 1 < course.Limits.Count ? course.Limits[i + 1].From : course.Seconds;
            points.Add(new Coordinates(course.Limits[i].From, course.Limits[i].Limit));
            points.Add(new Coordinates(until, course.Limits[i].Limit));
        }

        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(points, Color.FromHex("#B00020"));
        line.LineWidth = 2.2f;
        line.LegendText = "limit";
    }
}
