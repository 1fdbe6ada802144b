using System.Globalization;

namespace KiwiBalancer.Fleet.Report;

/// <summary>A report as text.</summary>
internal static class FleetText
{
    public static IEnumerable<string> Lines(FleetReport report)
    {
        int width = Math.Max("node".Length, report.Nodes.Select(n => n.Name.Length).DefaultIfEmpty().Max());
        yield return $"{"node".PadRight(width)}  {"weight",9} {"answered",9} {"slots",7} {"reports/s",10}";
        foreach (NodeReport n in report.Nodes)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{n.Name.PadRight(width)}  {n.Weight,9} {n.Answered,9} {n.SlotSeconds / report.Seconds,7:F2} {n.ReportsPerSecond,10:F1}");
        }

        if (report.Faults.Count > 1)
        {
            yield return "";
            yield return $"{"at",7}  {"window",8}  {"full again",11}  what";
            foreach (FaultReport fault in report.Faults)
            {
                string refilled = fault.RefilledAfter is { } after ? string.Create(CultureInfo.InvariantCulture, $"{after:F2} s") : "-";
                yield return string.Create(CultureInfo.InvariantCulture, $"{fault.At,5:F1} s  {fault.WindowSeconds,6:F1} s  {refilled,11}  {fault.What}");
            }
        }

        if (report.Seed is not null)
        {
            yield return "";
            yield return $"{"fault",-22} {"times",5} {"full again: median",19} {"most",8} {"not before the next",20}";
            foreach (IGrouping<string, FaultReport> kind in report.Faults.GroupBy(f => f.Kind, StringComparer.Ordinal).OrderBy(k => k.Key, StringComparer.Ordinal))
            {
                double[] after = [.. kind.Where(f => f.RefilledAfter is not null).Select(f => f.RefilledAfter!.Value).Order()];
                string median = after.Length == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{after[after.Length / 2]:F2} s");
                string most = after.Length == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{after[^1]:F2} s");
                yield return string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-22} {kind.Count(),5} {median,19} {most,8} {kind.Count() - after.Length,20}");
            }
        }

        if (report.Dropped + report.Late > 0)
        {
            yield return "";
            yield return $"after lost leases: {report.Dropped} slots were given back unused, since a lease was lost while they were waited for; {report.Late} requests came too late, and the server refused them";
        }
    }

    /// <summary>The last line of a run; scripts read it.</summary>
    public static string Summary(FleetReport report) => string.Create(CultureInfo.InvariantCulture,
        $"max in flight {report.MaxInFlight} of {report.Limit}, utilisation {Percent(report.Utilisation)}, violations {report.Violations}, lost {report.Lost}, sumHold {report.SumHold} = {report.Holds} of the nodes' holds");

    // Rounded to nearest, 94.96 % would read as the 95 % that it is not.
    public static string Percent(double? fraction) => fraction is { } f ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(f * 1000) / 10:F1} %") : "-";
}
