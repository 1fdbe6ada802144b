using KiwiBalancer.Lab.Fairness.Chart;
using ScottPlot;

namespace KiwiBalancer.Lab.Scale;

/// <summary>Time per request against how many there are, both logarithmic: what costs O(log n) is nearly flat here.</summary>
internal static class ScalePicture
{
    public static void Save(string path, IReadOnlyList<ScalePoint> points)
    {
        using var plot = new Plot();
        var color = 0;
        foreach (var scenario in points.GroupBy(p => p.Scenario, StringComparer.Ordinal))
        {
            var line = plot.Add.Scatter(
                scenario.Select(p => Math.Log10(p.Count)).ToArray(), scenario.Select(p => Math.Log10(Math.Max(1, p.Nanoseconds))).ToArray(), ChartStyle.Client(color++));
            line.LegendText = scenario.Key;
            line.LineWidth = 2;
            line.MarkerSize = 7;
        }

        LogAxis.Label(plot.Axes.Bottom);
        LogAxis.Label(plot.Axes.Left);
        plot.Axes.SetLimits(0.8, 6.2, 0.8, 5);
        plot.Title("Nanoseconds a request");
        plot.XLabel("how many");
        ChartStyle.Legend(plot, isShown: true);
        ChartStyle.Apply(plot);
        plot.SavePng(path, 900, 600);
    }
}
