using System.Diagnostics;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Cuts a run into spans of equal length for its picture.</summary>
internal sealed class CourseMeasurement
{
    private readonly Scenario _scenario;
    private readonly LoadChanges _changes;
    private readonly long _start;
    private readonly long _end;
    private readonly TimeBins[] _inFlight;
    private readonly TimeBins[] _ideal;

    public CourseMeasurement(Scenario scenario, LoadChanges changes, long start, long end)
    {
        _scenario = scenario;
        _changes = changes;
        _start = start;
        _end = Math.Max(end, start + 1);
        _inFlight = [.. scenario.Clients.Select(_ => new TimeBins(_start, _end, RunCourse.Bins))];
        _ideal = [.. scenario.Clients.Select(_ => new TimeBins(_start, _end, RunCourse.Bins))];
    }

    public void Add(DemandSpan span)
    {
        for (int client = 0; client < _ideal.Length; client++)
        {
            if (span.Shares[client] > 0)
            {
                _ideal[client].Add(span.Start, span.End, span.Shares[client]);
            }
        }
    }

    public RunCourse Finish(ReadOnlySpan<RequestRecord> records, ReadOnlySpan<HoldRecord> holds)
    {
        foreach (HoldRecord hold in holds)
        {
            _inFlight[hold.Client].Add(hold.Entered, hold.Left, hold.Cost);
        }

        (long First, long Last)[] stays = Stays(records);
        int[] present = [.. Enumerable.Range(0, stays.Length).Where(c => stays[c].First != 0)];
        return new RunCourse(
            SecondsAt(_end),
            [.. present.Select(c => new ClientCourse(_scenario.Clients[c].Name, _changes.WeightOf(c), _inFlight[c].Means(), _ideal[c].Means()))],
            [.. _changes.Terms.Select(t => (Math.Max(0, SecondsAt(t.From)), t.Limit))],
            [.. present.SelectMany(c => (CourseEvent[])
                [new(SecondsAt(stays[c].First), $"{_scenario.Clients[c].Name} arrives"), new(SecondsAt(stays[c].Last), $"{_scenario.Clients[c].Name} done")])
                .Concat(_changes.Events(_start)).OrderBy(e => e.At)]);
    }

    // When each client sent its first request and had its last answer.
    private (long First, long Last)[] Stays(ReadOnlySpan<RequestRecord> records)
    {
        var stays = new (long First, long Last)[_scenario.Clients.Count];
        foreach (ref readonly RequestRecord record in records)
        {
            if (record.Sent != 0)
            {
                ref (long First, long Last) stay = ref stays[record.Client];
                stay.First = stay.First == 0 ? record.Sent : Math.Min(stay.First, record.Sent);
                stay.Last = Math.Max(stay.Last, record.Ended);
            }
        }

        return stays;
    }

    private double SecondsAt(long time) => (double)(time - _start) / Stopwatch.Frequency;
}
