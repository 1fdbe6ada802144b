using KiwiBalancer.Lab.Rivals;
using ScottPlot;

namespace KiwiBalancer.Lab.Fairness.Chart;

/// <summary>One number under every policy, ours on top; the red line is what is promised.</summary>
internal static class BarsPlot
{
    public static Plot Draw(ScenarioResult result)
    {
        var bound = result.Scenario.Headline;
        var plot = new Plot();
        var scale = bound.Unit == "%" ? 100 : 1;
        var values = result.Runs.Select(r => Math.Max(0, bound.Measure(r.Outcome)) * scale).ToArray();
        var margin = bound.AtMost * scale;
        var most = Math.Max(values.Where(double.IsFinite).DefaultIfEmpty(1).Max(), margin * 1.5);
        if (most <= 0)
            most = 1;
        for (var i = 0; i < values.Length; i++)
        {
            var (contestant, outcome) = result.Runs[i];
            var place = values.Length - 1 - i;
            var shown = double.IsFinite(values[i]) ? values[i] : most;
            var bar = plot.Add.Bar(new Bar { Position = place, Value = shown, FillColor = contestant == Contestant.Kiwi ? ChartStyle.Ours : ChartStyle.Rival, LineWidth = 0, Size = 0.62 });
            bar.Horizontal = true;
            var label = plot.Add.Text($" {bound.Show(bound.Measure(outcome))}", shown, place);
            label.LabelFontSize = 14;
            label.LabelFontColor = contestant == Contestant.Kiwi ? ChartStyle.Ours : ChartStyle.Ink;
            label.LabelAlignment = Alignment.MiddleLeft;
            label.LabelBold = contestant == Contestant.Kiwi;
        }

        var line = plot.Add.VerticalLine(margin, 1.6f, ChartStyle.Margin);
        line.LinePattern = LinePattern.Dotted;
        var names = result.Runs.Select((r, i) => new Tick(values.Length - 1 - i, r.Contestant.Name)).ToArray();
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(names);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.Axes.SetLimits(0, most * 1.35, -0.7, values.Length - 0.3);
        plot.Title($"{bound.Promise} {bound.What}".TrimStart() + $" (at most {bound.Show(bound.AtMost)})", 16);
        plot.HideGrid();
        ChartStyle.Apply(plot);
        return plot;
    }
}
