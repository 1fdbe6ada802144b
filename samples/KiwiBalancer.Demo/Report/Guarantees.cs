using System.Globalization;

namespace KiwiBalancer.Demo.Report;

/// <summary>Holds a report against what the balancer promises.</summary>
internal static class Guarantees
{
    /// <summary>A client's mean may differ from its ideal by this part of it, or by a slot, whichever is more.</summary>
    private const double FairWithin = 0.05;

    /// <param name="report">The result of the run.</param>
    /// <param name="leastUtilisation">The least utilisation that counts as kept, as a fraction; 0 to not check it.</param>
    /// <returns>A line for each broken guarantee.</returns>
    public static IEnumerable<string> Broken(RunReport report, double leastUtilisation)
    {
        if (report.Violations > 0)
        {
            yield return $"never over: the server was sent {report.Violations} requests above its limit of {report.Limit}; allowed are 0";
        }

        if (report.Lost > 0)
        {
            yield return $"nothing lost: {report.Lost} requests did not end exactly once; allowed are 0";
        }

        if (report.Failed > 0)
        {
            yield return $"nothing failed: {report.Failed} requests ended in an exception; allowed are 0";
        }

        if (report.Served != report.Completed)
        {
            yield return $"nothing lost: the server served {report.Served} requests, but {report.Completed} were answered; these must be equal";
        }

        if (report.Promises.HasFlag(Promise.OneClientAtATime) && report.Overlaps > 0)
        {
            yield return $"one at a time: {report.Overlaps} requests were served while another client had the server; allowed are 0";
        }

        if (report.Promises.HasFlag(Promise.BatchAfterBatch) && report.Latecomers > 0)
        {
            yield return $"batch after batch: {report.Latecomers} requests joined a batch that had started before they were sent; allowed are 0";
        }

        // Where demand never reached the limit there was nothing to use up and nothing to share.
        if (report.ContendedSeconds <= 0 || !report.Promises.HasFlag(Promise.KeepsBusy))
        {
            yield break;
        }

        if (report.MaxInFlight < report.Limit)
        {
            yield return $"never under: demand reached the limit of {report.Limit}, but the server never had more than {report.MaxInFlight} in flight";
        }

        if (report.Utilisation < leastUtilisation)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"never under: utilisation was {report.Utilisation:P2}; the least allowed is {leastUtilisation:P1}");
        }

        // Slots left idle within what is allowed are nobody's share: they are judged above, once, and not held against each client again.
        double used = Math.Max(report.Utilisation, leastUtilisation);
        foreach (ClientReport client in report.Promises.HasFlag(Promise.SharesByWeight) ? report.Clients : [])
        {
            double margin = Math.Max(1, FairWithin * client.IdealInFlight);
            if (client.MeanInFlight < (client.IdealInFlight * used) - margin || client.MeanInFlight > client.IdealInFlight + margin)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"fair: {client.Name} held {client.MeanInFlight:F2} slots on average, but {client.IdealInFlight:F2} would be its share; allowed is 5 % or one slot off");
            }
        }
    }
}
