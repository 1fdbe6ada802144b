using System.Diagnostics;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet.Measuring;

/// <summary>What the server's log says of a run: how full it was while no fault was about, and how soon after each it was full again.</summary>
/// <param name="holds">Every hold at the server.</param>
/// <param name="limits">The limits, and since when each was in force.</param>
/// <param name="faults">What happened.</param>
/// <param name="start">The beginning of the run, a timestamp.</param>
/// <param name="end">Its end.</param>
internal sealed class FleetMeasurement(HoldRecord[] holds, IReadOnlyList<(long From, int Limit)> limits, IReadOnlyList<FaultRecord> faults, long start, long end)
{
    private const double Full = 0.95;
    private static readonly long Step = Stopwatch.Frequency / 100;

    // As full as that for so long is full again: a tenth of a second.
    private const int Steps = 10;

    private double[]? _filled;

    /// <summary>The time outside all fault windows, in seconds.</summary>
    public double QuietSeconds => QuietSpans().Sum(s => Seconds(s.To - s.From));

    /// <summary>Slot-seconds held, of those there were, outside all fault windows; null if there was no such time.</summary>
    public double? Utilisation()
    {
        double held = 0;
        double had = 0;
        foreach ((long from, long to) in QuietSpans())
        {
            held += holds.Sum(h => Seconds(Math.Max(0, Math.Min(h.Left, to) - Math.Max(h.Entered, from))) * h.Cost);
            had += SlotSeconds(from, to);
        }

        return had > 0 ? held / had : null;
    }

    /// <summary>How long after a fault began the server was full again, in seconds; null if not before the next one.</summary>
    public double? RefilledAfter(FaultRecord fault)
    {
        long until = faults.Where(f => f.Begun > fault.Begun).Select(f => f.Begun).DefaultIfEmpty(end).Min();
        double[] filled = _filled ??= Filled();
        int first = Index(fault.Begun);
        int last = Math.Min(Index(until), filled.Length) - Steps;
        for (int i = last; i >= first; i--)
        {
            if (filled.AsSpan(i, Steps).ToArray().Average() < Full)
            {
                return i == last ? null : (i + Steps - first) * Seconds(Step);
            }
        }

        return 0;
    }

    /// <summary>How the run went over time, for its picture.</summary>
    /// <param name="nodes">The nodes by their place at the server.</param>
    public RunCourse Course(IReadOnlyList<(string Name, int Weight)> nodes)
    {
        TimeBins[] bins = [.. nodes.Select(_ => new TimeBins(start, end, RunCourse.Bins))];
        foreach (HoldRecord hold in holds)
        {
            bins[hold.Client].Add(hold.Entered, hold.Left, hold.Cost);
        }

        // The share by weight of those that are there: who holds nothing for a bin is not.
        double[][] held = [.. bins.Select(b => b.Means())];
        double width = (double)(end - start) / RunCourse.Bins;
        double[][] ideal = [.. nodes.Select(_ => new double[RunCourse.Bins])];
        for (int bin = 0; bin < RunCourse.Bins; bin++)
        {
            double weights = Enumerable.Range(0, nodes.Count).Where(n => held[n][bin] > 0.05).Sum(n => nodes[n].Weight);
            for (int node = 0; node < nodes.Count; node++)
            {
                ideal[node][bin] = held[node][bin] > 0.05 ? LimitAt(start + (long)((bin + 0.5) * width)) * nodes[node].Weight / weights : 0;
            }
        }

        return new RunCourse(
            Seconds(end - start),
            [.. nodes.Select((node, i) => new ClientCourse(node.Name, node.Weight, held[i], ideal[i]))],
            [.. limits.Select(l => (Math.Max(0, Seconds(l.From - start)), l.Limit))],
            [.. faults.Where(f => f.Kind != FaultKind.Start).Select(f => new CourseEvent(Seconds(f.Begun - start), f.Text))]);
    }

    /// <summary>Slot-seconds of one node.</summary>
    public double SlotSecondsOf(int client) => holds.Where(h => h.Client == client).Sum(h => Seconds(h.Left - h.Entered) * h.Cost);

    private IEnumerable<(long From, long To)> QuietSpans()
    {
        long from = start;
        foreach (FaultRecord fault in faults.OrderBy(f => f.Begun))
        {
            if (fault.Begun > from)
            {
                yield return (from, fault.Begun);
            }

            from = Math.Max(from, fault.Settled);
        }

        if (end > from)
        {
            yield return (from, end);
        }
    }

    // How full it was, of its limit then, in steps of ten milliseconds.
    private double[] Filled()
    {
        int count = Math.Max(1, Index(end));
        var bins = new TimeBins(start, start + (count * Step), count);
        foreach (HoldRecord hold in holds)
        {
            bins.Add(hold.Entered, hold.Left, hold.Cost);
        }

        return [.. bins.Means().Select((held, i) => held / Math.Max(1, LimitAt(start + (i * Step))))];
    }

    private double SlotSeconds(long from, long to)
    {
        double sum = 0;
        for (int i = 0; i < limits.Count; i++)
        {
            long until = i + 1 < limits.Count ? limits[i + 1].From : long.MaxValue;
            sum += Seconds(Math.Max(0, Math.Min(to, until) - Math.Max(from, limits[i].From))) * limits[i].Limit;
        }

        return sum;
    }

    private int LimitAt(long time) => limits.Last(l => l.From <= time || l == limits[0]).Limit;

    private int Index(long time) => (int)((time - start) / Step);

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
