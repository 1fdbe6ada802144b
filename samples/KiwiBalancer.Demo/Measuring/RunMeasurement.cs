using System.Diagnostics;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Computes the report from what both sides wrote down: nothing is measured while the run goes on.</summary>
internal static class RunMeasurement
{
    /// <param name="scenario">What was to be sent.</param>
    /// <param name="sharing">What shared the slots.</param>
    /// <param name="records">The requests as their senders saw them.</param>
    /// <param name="state">What the server counted.</param>
    /// <param name="holds">What the server held.</param>
    public static RunReport Measure(Scenario scenario, Sharing sharing, ReadOnlySpan<RequestRecord> records, ServerState state, ReadOnlySpan<HoldRecord> holds)
    {
        var sweep = new DemandSweep(scenario.Limit, [.. scenario.Clients.Select(c => sharing.WeightsCount ? c.Weight : 1)], records);
        ContendedTime contended = sweep.Contended;
        var clients = new ClientReport[scenario.Clients.Count];
        double heldInAll = 0;
        for (int client = 0; client < clients.Length; client++)
        {
            (double held, double heldContended) = SlotTicks(holds, client, contended);
            heldInAll += heldContended;
            clients[client] = new ClientReport(
                scenario.Clients[client].Name,
                scenario.Clients[client].Weight,
                Count(records, r => r.Client == client && r.Outcome == Outcome.Completed),
                held / Stopwatch.Frequency,
                contended.Total > 0 ? heldContended / contended.Total : 0,
                sweep.IdealInFlight(client),
                Waits(records, client));
        }

        return new RunReport(
            scenario.Limit,
            sharing.Name,
            Seconds(records),
            Count(records, r => r.Outcome == Outcome.Completed),
            Count(records, r => r.Outcome == Outcome.Failed),
            Count(records, r => r.Sent != 0 && r.Endings != 1),
            state.Violations,
            state.MaxInFlight,
            contended.Total > 0 ? heldInAll / ((double)scenario.Limit * contended.Total) : 1,
            clients)
        {
            ContendedSeconds = (double)contended.Total / Stopwatch.Frequency,
            Promises = sharing.Promises,
            Served = state.Served,
            Overlaps = sharing.Promises.HasFlag(Promise.OneClientAtATime) ? TurnCheck.Overlaps(holds) : 0,
            Latecomers = sharing.Promises.HasFlag(Promise.BatchAfterBatch) ? BatchCheck.Latecomers(records, holds) : 0,
        };
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

    private static double Seconds(ReadOnlySpan<RequestRecord> records)
    {
        long first = long.MaxValue;
        long last = 0;
        foreach (ref readonly RequestRecord record in records)
        {
            first = record.Sent != 0 ? Math.Min(first, record.Sent) : first;
            last = Math.Max(last, Math.Max(record.Sent, record.Ended));
        }

        return last > first ? Stopwatch.GetElapsedTime(first, last).TotalSeconds : 0;
    }
}
