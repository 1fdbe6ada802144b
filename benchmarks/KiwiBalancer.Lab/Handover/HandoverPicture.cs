using KiwiBalancer.Lab.Fairness.Chart;
using ScottPlot;

namespace KiwiBalancer.Lab.Handover;

/// <summary>p99 of every rival in every case, as bars on a logarithmic scale.</summary>
internal static class HandoverPicture
{
    public static void Save(string path, IReadOnlyList<HandoverResult> results)
    {
        using var plot = new Plot();
        var cases = results.Select(r => r.Case).Distinct(StringComparer.Ordinal).ToList();
        var rivals = results.Select(r => r.Rival).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < rivals.Count; i++)
        {
            var bars = plot.Add.Bars(results.Where(r => r.Rival == rivals[i]).Select(r => new Bar
            {
                Position = (cases.IndexOf(r.Case) * (rivals.Count + 2)) + i,
                Value = Math.Log10(Math.Max(1, r.P99)),
                FillColor = ChartStyle.Client(i),
                LineWidth = 0,
            }).ToArray());
            bars.LegendText = rivals[i];
        }

        plot.Axes.Bottom.SetTicks([.. cases.Select((_, i) => (double)(i * (rivals.Count + 2)) + (rivals.Count / 2.0))], [.. cases]);
        LogAxis.Label(plot.Axes.Left);
        plot.Title("From a release to the next start, p99 (microseconds)");
        ChartStyle.Legend(plot, isShown: true);
        ChartStyle.Apply(plot);
        plot.SavePng(path, 1200, 600);
    }
}
