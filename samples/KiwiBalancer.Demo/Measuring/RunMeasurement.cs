using System.Diagnostics;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Computes the report from what both sides wrote down: nothing is measured while the run goes on.</summary>
internal static class RunMeasurement
{
    /// <param name="scenario">What was to be sent.</param>
    /// <param name="sharing">What shared the slots.</param>
    /// <param name="records">The requests as their senders saw them.</param>
    /// <param name="state">What the server counted.</param>
    /// <param name="holds">What the server held.</param>
    /// <param name="changes">What the user changed meanwhile.</param>
    public static RunResult Measure(Scenario scenario, Sharing sharing, ReadOnlySpan<RequestRecord> records, ServerState state, ReadOnlySpan<HoldRecord> holds, LoadChanges changes)
    {
        (long start, long end) = Span(records);
        var shares = new ContendedShares(scenario.Clients.Count);
        var course = new CourseMeasurement(scenario, changes, start, end);
        DemandSweep.Visit(changes.Terms, records, span =>
        {
            shares.Add(span);
            course.Add(span);
        });

        var clients = new List<ClientReport>(scenario.Clients.Count);
        double heldInAll = 0;
        for (int client = 0; client < scenario.Clients.Count; client++)
        {
            if (client >= scenario.PlannedClients && Count(records, r => r.Client == client && r.Sent != 0) == 0)
            {
                continue;
            }

            (double held, double heldContended) = SlotTicks(holds, client, shares.Time);
            heldInAll += heldContended;
            clients.Add(new ClientReport(
                scenario.Clients[client].Name,
                changes.WeightOf(client),
                Count(records, r => r.Client == client && r.Outcome == Outcome.Completed),
                held / Stopwatch.Frequency,
                shares.Time.Total > 0 ? heldContended / shares.Time.Total : 0,
                shares.IdealInFlight(client),
                Waits(records, client)));
        }

        var report = new RunReport(
            changes.Terms.Max(t => t.Limit),
            sharing.Name,
            (double)(end - start) / Stopwatch.Frequency,
            Count(records, r => r.Outcome == Outcome.Completed),
            Count(records, r => r.Outcome == Outcome.Failed),
            Count(records, r => r.Sent != 0 && r.Endings != 1),
            state.Violations,
            state.MaxInFlight,
            shares.Time.Total > 0 ? heldInAll / shares.SlotTicks : 1,
            clients)
        {
            ContendedSeconds = (double)shares.Time.Total / Stopwatch.Frequency,
            Promises = changes.Any ? sharing.Promises & ~(Promise.KeepsBusy | Promise.SharesByWeight) : sharing.Promises,
            WasChanged = changes.Any,
            Withdrawn = Count(records, r => r.Outcome == Outcome.Withdrawn),
            Served = state.Served,
            Overlaps = sharing.Promises.HasFlag(Promise.OneClientAtATime) ? TurnCheck.Overlaps(holds) : 0,
            Latecomers = sharing.Promises.HasFlag(Promise.BatchAfterBatch) ? BatchCheck.Latecomers(records, holds) : 0,
        };
        return new RunResult(report, course.Finish(records, holds));
    }

    private static (double All, double Contended) SlotTicks(ReadOnlySpan<HoldRecord> holds, int client, ContendedTime contended)
    {
        double all = 0;
        double within = 0;
        foreach (ref readonly HoldRecord hold in holds)
        {
            if (hold.Client == client)
            {
                all += (double)(hold.Left - hold.Entered) * hold.Cost;
                within += (double)contended.Within(hold.Entered, hold.Left) * hold.Cost;
            }
        }

        return (all, within);
    }

    private static WaitReport Waits(ReadOnlySpan<RequestRecord> records, int client)
    {
        var waits = new List<double>();
        foreach (ref readonly RequestRecord record in records)
        {
            if (record.Client == client && record.Granted != 0)
            {
                waits.Add(Stopwatch.GetElapsedTime(record.Sent, record.Granted).TotalMilliseconds);
            }
        }

        double[] sorted = [.. waits.Order()];
        return new WaitReport(Percentile.Of(sorted, 50), Percentile.Of(sorted, 99), Percentile.Of(sorted, 100));
    }

    private static int Count(ReadOnlySpan<RequestRecord> records, Func<RequestRecord, bool> counts)
    {
        int count = 0;
        foreach (ref readonly RequestRecord record in records)
        {
            count += counts(record) ? 1 : 0;
        }

        return count;
    }

    // From the first request sent to the last one ended.
    private static (long Start, long End) Span(ReadOnlySpan<RequestRecord> records)
    {
        long first = long.MaxValue;
        long last = 0;
        foreach (ref readonly RequestRecord record in records)
        {
            first = record.Sent != 0 ? Math.Min(first, record.Sent) : first;
            last = Math.Max(last, Math.Max(record.Sent, record.Ended));
        }

        return last > first ? (first, last) : (0, 0);
    }
}
