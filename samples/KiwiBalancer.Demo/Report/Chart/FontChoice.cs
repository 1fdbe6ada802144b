using ScottPlot;

namespace KiwiBalancer.Demo.Report.Chart;

/// <summary>A font without serifs that is installed; what Skia falls back to has them on some machines.</summary>
internal static class FontChoice
{
    private static readonly string[] Preferred = ["Segoe UI", "Helvetica Neue", "Open Sans", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial"];
    private static readonly Lazy<string?> Chosen = new(() =>
    {
        HashSet<string> installed = [.. SkiaSharp.SKFontManager.Default.FontFamilies];
        return Preferred.FirstOrDefault(installed.Contains);
    });

    public static void Apply(Plot plot)
    {
        if (Chosen.Value is { } font)
        {
            plot.Font.Set(font);
            plot.Legend.FontName = font;
            foreach (ScottPlot.Plottables.Text text in plot.GetPlottables<ScottPlot.Plottables.Text>())
            {
                text.LabelFontName = font;
            }
        }
    }
}
