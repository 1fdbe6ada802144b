using KiwiBalancer.Demo.Measuring;
using ScottPlot;

namespace KiwiBalancer.Demo.Report.Chart;

/// <summary>The picture at the end of a run: one plot, or two side by side on the same scales.</summary>
internal static class Picture
{
    public const int Width = 1200;
    public const int Height = 640;

    /// <summary>Two plots need less width each, but more than one has.</summary>
    public const int WidthOfTwo = 1800;

    /// <exception cref="RunFailedException">It could not be written.</exception>
    public static void Save(string path, IReadOnlyList<RunResult> runs)
    {
        double seconds = runs.Max(r => r.Course.Seconds);
        int slots = runs.Max(r => r.Course.HighestLimit);
        var picture = new Multiplot();
        picture.RemovePlot(picture.GetPlot(0));
        int width = runs.Count > 1 ? WidthOfTwo : Width;
        foreach (RunResult run in runs)
        {
            picture.AddPlot(CoursePlot.Draw(run, Title(run), seconds, slots, width / runs.Count));
        }

        picture.Layout = new ScottPlot.MultiplotLayouts.Columns();
        try
        {
            picture.SavePng(path, width, Height);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"the picture could not be written to '{path}' ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private static string Title(RunResult run) => run.Report.Strategy switch
    {
        "weighted" => "KiwiBalancer: slots are shared by weight",
        "roundrobin" => "KiwiBalancer, round robin: clients take turns, whatever their weight",
        "single" => "KiwiBalancer, single client: one at a time has the whole server",
        "batch" => "KiwiBalancer, batch: what waits now is done before what comes later",
        "fleet" => "KiwiBalancer.Redis: processes share one limit by weight",
        _ => "SemaphoreSlim: first come, first served",
    };
}
