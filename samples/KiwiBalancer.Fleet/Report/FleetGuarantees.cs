using System.Globalization;

namespace KiwiBalancer.Fleet.Report;

/// <summary>Holds a report against what the package promises.</summary>
internal static class FleetGuarantees
{
    /// <param name="report">The result of the run.</param>
    /// <param name="leastUtilisation">The least utilisation outside fault windows that counts as kept, as a fraction; 0 to not check it.</param>
    /// <returns>A line for each broken guarantee.</returns>
    public static IEnumerable<string> Broken(FleetReport report, double leastUtilisation)
    {
        if (report.Violations > 0)
        {
            yield return $"never over: the server was sent {report.Violations} requests above its limit; allowed are 0";
        }

        if (report.Lost > 0)
        {
            yield return $"nothing lost: {report.Lost} requests that were granted did not end; allowed are 0";
        }

        if (report.SumHold != report.Holds || report.Holds != report.Leased)
        {
            yield return $"the ledger adds up: it holds {report.SumHold} slots, its entries {report.Holds}, and the nodes say {report.Leased}; these must be equal at rest";
        }

        if (report.WasChanged)
        {
            yield break;
        }

        if (report.Utilisation is not { } utilisation)
        {
            yield return "never under: no time was free of faults, so the utilisation is not known; run longer";
        }
        else if (utilisation < leastUtilisation)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"never under: utilisation outside fault windows was {FleetText.Percent(utilisation)}; the least allowed is {leastUtilisation:P1}");
        }
    }
}
