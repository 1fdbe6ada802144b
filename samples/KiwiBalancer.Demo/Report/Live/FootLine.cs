namespace KiwiBalancer.Demo.Report.Live;

/// <summary>The keys.</summary>
internal static class FootLine
{
    public static Line Of(LiveFrame frame)
    {
        var line = new Line();
        if (!frame.MayChange)
        {
            return line.Add("Ctrl+C", Line.Bold).Add(" ends it", Line.Dim);
        }

        foreach ((string key, string meaning) in Keys.Shown)
        {
            line.Add(key, Line.Bold).Add($" {(frame.IsPaused && key == "space" ? "resume" : meaning)}   ", Line.Dim);
        }

        return line;
    }
}
