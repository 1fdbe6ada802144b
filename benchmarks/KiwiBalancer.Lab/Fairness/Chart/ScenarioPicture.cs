using KiwiBalancer.Lab.Rivals;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace KiwiBalancer.Lab.Fairness.Chart;

/// <summary>A scenario in one picture: ours over time, one rival below it on the same scales, and beside them every policy's error.</summary>
internal static class ScenarioPicture
{
    private const int Width = 1600;
    private const int Height = 860;

    public static void Save(string path, ScenarioResult result)
    {
        var scenario = result.Scenario;
        var ours = Contestant.Kiwi;
        var foil = Contestant.Rivals.Single(r => r.Name == scenario.Foil);
        var picture = new Multiplot();
        picture.RemovePlot(picture.GetPlot(0));
        var grid = new CustomGrid();
        if (result.Ours.Trace is { } mine && result.Of(foil).Trace is { } theirs)
        {
            // A stack says most, but only if everybody is in it.
            var isStack = !scenario.ShowsUse && mine.IsComplete;
            var top = 1.06 * Math.Max(Top(mine), Top(theirs));
            Add(picture, grid, Draw(ours, mine, isStack, top, hasLegend: false, above: Wrap(scenario.What) + "\n \n"), 0, 0, 1);
            Add(picture, grid, Draw(foil, theirs, isStack, top, hasLegend: true), 1, 0, 1);

            double Top(SlotTrace trace) => isStack ? StackPlot.Top(trace) : TracePlot.Top(trace, scenario.ShowsUse);
        }

        Add(picture, grid, BarsPlot.Draw(result), 0, 2, 2);
        picture.Layout = grid;
        picture.SavePng(path, Width, Height);

        Plot Draw(Contestant contestant, SlotTrace trace, bool isStack, double top, bool hasLegend, string above = "") => isStack
            ? StackPlot.Draw(above + contestant.Name, trace, top, hasLegend)
            : TracePlot.Draw(above + contestant.Name, trace, scenario.ShowsUse, top, hasLegend);
    }

    // A title has no width of its own.
    private static string Wrap(string text)
    {
        const int Most = 120;
        if (text.Length <= Most)
            return text;
        var middle = text.LastIndexOf(' ', Most);
        return $"{text[..middle]}\n{text[(middle + 1)..]}";
    }

    // Three columns: time takes two of them.
    private static void Add(Multiplot picture, CustomGrid grid, Plot plot, int row, int column, int rowSpan)
    {
        picture.AddPlot(plot);
        grid.Set(plot, new GridCell(row, column, 2, 3, rowSpan, column == 0 ? 2 : 1));
    }
}
