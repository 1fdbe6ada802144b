using System.Globalization;
using KiwiBalancer.Lab.Fairness.Chart;
using KiwiBalancer.Lab.Rivals;
using ScottPlot;

namespace KiwiBalancer.Lab.Replay;

/// <summary>The p99 wait of the small service at each limit, FIFO beside ours.</summary>
internal static class GainPicture
{
    private const int Width = 1000;
    private const int Height = 560;
    private const double Half = 0.2;

    public static void Save(string path, IReadOnlyList<ReplayResult> results, int small)
    {
        var plot = new Plot();
        for (var i = 0; i < results.Count; i++)
        {
            Add(plot, i - Half, results[i].Of(Contestant.Fifo.Name).Services[small].WaitSeconds.P99, ChartStyle.Rival);
            Add(plot, i + Half, results[i].Ours.Services[small].WaitSeconds.P99, ChartStyle.Ours);
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. results.Select((r, i) => new Tick(i, string.Create(CultureInfo.InvariantCulture, $"limit {r.Limit}")))]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Margins(bottom: 0, top: 0.15);
        plot.Title($"p99 wait of {results[0].Ours.Services[small].Service}, the small service, in seconds: {Contestant.Fifo.Name} (grey) and {Contestant.Kiwi.Name} (green)", 16);
        plot.HideGrid();
        ChartStyle.Apply(plot);
        plot.SavePng(path, Width, Height);
    }

    private static void Add(Plot plot, double place, double seconds, Color color)
    {
        plot.Add.Bar(new Bar { Position = place, Value = seconds, FillColor = color, LineWidth = 0, Size = 2 * Half });
        var label = plot.Add.Text(seconds.ToString("N1", CultureInfo.InvariantCulture), place, seconds);
        label.LabelFontSize = 14;
        label.LabelFontColor = ChartStyle.Ink;
        label.LabelAlignment = Alignment.LowerCenter;
    }
}
