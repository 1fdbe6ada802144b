using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Whether batches ran one after another, from what both sides wrote down.</summary>
internal static class BatchCheck
{
    /// <summary>
    /// How many requests were granted slots in a batch that had started before they were sent. A batch starts when the server is idle, and while it
    /// runs nothing else does: so what the server held without a pause is no more than one batch.
    /// </summary>
    /// <remarks>Exact: a batch's first grant is noted after it has started, and a request is noted as sent before it is.</remarks>
    public static int Latecomers(ReadOnlySpan<RequestRecord> records, ReadOnlySpan<HoldRecord> holds)
    {
        List<long> ends = BusyEnds(holds);
        var granted = new List<(long Granted, long Sent)>();
        foreach (ref readonly RequestRecord record in records)
        {
            if (record.Granted != 0)
            {
                granted.Add((record.Granted, record.Sent));
            }
        }

        granted.Sort();
        int latecomers = 0;
        int batch = -1;
        long started = 0;
        foreach ((long at, long sent) in granted)
        {
            int found = ends.BinarySearch(at);
            int ended = found >= 0 ? found + 1 : ~found;
            if (ended != batch)
            {
                (batch, started) = (ended, at);
            }

            latecomers += sent > started ? 1 : 0;
        }

        return latecomers;
    }

    // When the server had been busy and became idle, in order.
    private static List<long> BusyEnds(ReadOnlySpan<HoldRecord> holds)
    {
        HoldRecord[] sorted = holds.ToArray();
        Array.Sort(sorted, (a, b) => a.Entered.CompareTo(b.Entered));
        var ends = new List<long>();
        long until = 0;
        foreach (HoldRecord hold in sorted)
        {
            if (until != 0 && hold.Entered > until)
            {
                ends.Add(until);
            }

            until = Math.Max(until, hold.Left);
        }

        return ends;
    }
}
