using System.Globalization;

namespace KiwiBalancer.Demo.Report;

/// <summary>A report as text.</summary>
internal static class ReportTable
{
    public static IEnumerable<string> Lines(RunReport report)
    {
        int width = Math.Max("client".Length, report.Clients.Max(c => c.Name.Length));
        yield return $"{"client".PadRight(width)}  {"weight",9} {"served",8} {"share",8} {"ideal",8} {"wait p50",10} {"p99",9} {"max",9}";
        foreach (ClientReport c in report.Clients)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{c.Name.PadRight(width)}  {c.Weight,9} {c.Completed,8} {c.MeanInFlight,8:F2} {c.IdealInFlight,8:F2} {c.WaitMs.P50,7:F0} ms {c.WaitMs.P99,6:F0} ms {c.WaitMs.Max,6:F0} ms");
        }
    }

    /// <summary>The last line of a run; scripts read it.</summary>
    public static string Summary(RunReport report) => string.Create(CultureInfo.InvariantCulture,
        $"max in flight {report.MaxInFlight} of {report.Limit}, utilisation {RoundedDown(report.Utilisation):F1} %, violations {report.Violations}, lost {report.Lost}");

    /// <summary>What the run was held against, where shares are not; null where they are.</summary>
    public static string? Judged(RunReport report) => report.Promises switch
    {
        _ when report.WasChanged => string.Create(CultureInfo.InvariantCulture,
            $"not judged: shares and utilisation, you changed the load; withdrawn: {report.Withdrawn}"),
        _ when report.Promises.HasFlag(Promise.SharesByWeight) => null,
        Promise.OneClientAtATime => "judged: never over, nothing lost, one client at a time; the ideal is by weight",
        Promise.BatchAfterBatch => "judged: never over, nothing lost, batch after batch; the ideal is by weight",
        _ when report.Strategy == "roundrobin" => "judged: never over, nothing lost, never under; the ideal is an equal share",
        _ => null,
    };

    // Rounded to nearest, 98.96 % would read as the 99 % that it is not.
    private static double RoundedDown(double fraction) => Math.Floor(fraction * 1000) / 10;
}
