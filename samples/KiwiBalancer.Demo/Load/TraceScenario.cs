using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Demo.Load;

/// <summary>Recorded requests, sent when their trace says so whether or not earlier ones have been answered.</summary>
internal static class TraceScenario
{
    public static Scenario Create(DemoArguments arguments)
    {
        IReadOnlyList<TraceRow>[] traces = [.. arguments.Traces.Select(t => TraceReader.Read(t.Path))];
        Scenario.RequireRecordable(traces.Sum(rows => (long)rows.Count));

        // One origin for all, so that traces recorded together are replayed together.
        DateTime origin = traces.Min(rows => rows.Min(r => r.Timestamp));
        IEnumerable<PlannedRequest> requests = traces.SelectMany((rows, client) => rows.Select(r =>
            new PlannedRequest(client, (r.Timestamp - origin) / arguments.Speed, r.Hold / arguments.Speed)));
        return new Scenario(arguments.Limit, arguments.Traces.Select(t => (t.Client, t.Weight)), [.. requests]);
    }
}
