using ScottPlot;

namespace KiwiBalancer.Lab.Fairness.Chart;

/// <summary>Colours that people with any colour vision tell apart (Okabe and Ito), and a font without serifs that is installed.</summary>
internal static class ChartStyle
{
    private static readonly string[] Clients = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999"];
    private static readonly string[] Fonts = ["Segoe UI", "Helvetica Neue", "Open Sans", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial"];

    private static readonly Lazy<string?> Font = new(() =>
    {
        HashSet<string> installed = [.. SkiaSharp.SKFontManager.Default.FontFamilies];
        return Fonts.FirstOrDefault(installed.Contains);
    });

    public static Color Ink { get; } = Color.FromHex("#222222");

    public static Color Ours { get; } = Color.FromHex("#5B8C2A");

    public static Color Rival { get; } = Color.FromHex("#B8BDC4");

    public static Color Margin { get; } = Color.FromHex("#B00020");

    public static Color Client(int index) => Color.FromHex(Clients[index % Clients.Length]);

    public static void Legend(Plot plot, bool isShown)
    {
        if (!isShown)
        {
            plot.HideLegend();
            return;
        }

        var legend = plot.ShowLegend(Edge.Bottom).Legend;
        legend.Orientation = Orientation.Horizontal;
        legend.OutlineColor = Colors.Transparent;
        legend.ShadowColor = Colors.Transparent;
        legend.FontSize = 13;
    }

    public static void Apply(Plot plot)
    {
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;

        // Half of the last label of the time axis stands outside.
        plot.Axes.Right.MinimumSize = 24;
        if (Font.Value is not { } font)
            return;
        plot.Font.Set(font);
        plot.Legend.FontName = font;
        foreach (var text in plot.GetPlottables<ScottPlot.Plottables.Text>())
            text.LabelFontName = font;
        foreach (var bars in plot.GetPlottables<ScottPlot.Plottables.BarPlot>())
            bars.ValueLabelStyle.FontName = font;
    }
}
