using System.Globalization;
using Spectre.Console;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>What goes on in all, in two lines.</summary>
internal static class HeadLines
{
    private const int Roomy = 72;
    private static readonly Style Alarm = new(Color.White, Color.Red);

    public static IEnumerable<Line> Of(LiveFrame frame, int width)
    {
        RunSample sample = frame.Sample;
        int requests = frame.Arrived.Sum(i => sample.Clients[i].Requests);
        int ended = frame.Arrived.Sum(i => sample.Clients[i].Ended);
        string right = string.Create(CultureInfo.InvariantCulture, $"{sample.At.TotalSeconds,6:F1} s");
        if (width >= Roomy)
        {
            right = string.Create(CultureInfo.InvariantCulture, $"{ended:N0} of {requests:N0} requests  {right}");
        }

        Line title = new Line().Add("KiwiBalancer ", Line.Bold).Add(frame.Strategy);
        if (frame.IsPaused)
        {
            title.Add("  paused ", new Style(Color.Black, Color.Yellow));
        }
        else if (frame.MayChange && frame.WantedLimit != sample.Limit)
        {
            title.Add(string.Create(CultureInfo.InvariantCulture, $"  limit going to {frame.WantedLimit}"), new Style(Color.Yellow));
        }

        yield return title.To(width - right.Length).Add(right, Line.Dim);

        string utilisation = frame.Utilisation is { } u ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(u * 1000) / 10:F1} %") : "-";
        Line line = new Line()
            .Add(string.Create(CultureInfo.InvariantCulture, $"in flight {sample.InFlight,3} of {sample.Limit}"), Line.Bold)
            .Add(string.Create(CultureInfo.InvariantCulture, $"  utilisation {utilisation}  at most {sample.MaxInFlight}"));
        yield return line.Add(string.Create(CultureInfo.InvariantCulture, $"  violations {sample.Violations}"), sample.Violations > 0 ? Alarm : Style.Plain);
    }
}
