namespace KiwiBalancer.Demo.Measuring;

/// <summary>
/// Goes through a run event by event, and says what an ideal balancer would have given each client at any time.
/// Demand is what was sent and had not ended, in slots.
/// </summary>
internal static class DemandSweep
{
    // The client of an event that changes what is in force.
    private const int Nobody = -1;

    /// <param name="terms">What was in force, in order; at least one, the first from before the run.</param>
    /// <param name="records">The run.</param>
    /// <param name="visit">Called for every span in order.</param>
    public static void Visit(IReadOnlyList<InForce> terms, ReadOnlySpan<RequestRecord> records, Action<DemandSpan> visit)
    {
        (long Time, int Client, int Change)[] events = Events(terms, records);
        int clients = terms[0].Weights.Count;
        int[] demand = new int[clients];
        double[] shares = new double[clients];
        InForce term = terms[0];
        var filling = new WaterFilling(term.Limit, term.Weights);
        long total = 0;
        for (int i = 0; i < events.Length; i++)
        {
            if (i > 0 && events[i].Time > events[i - 1].Time)
            {
                filling.Fill(demand, shares);
                visit(new DemandSpan(events[i - 1].Time, events[i].Time, term.Limit, total, shares));
            }

            if (events[i].Client == Nobody)
            {
                term = terms[events[i].Change];
                filling = new WaterFilling(term.Limit, term.Weights);
                continue;
            }

            demand[events[i].Client] += events[i].Change;
            total += events[i].Change;
        }
    }

    private static (long Time, int Client, int Change)[] Events(IReadOnlyList<InForce> terms, ReadOnlySpan<RequestRecord> records)
    {
        var events = new List<(long Time, int Client, int Change)>((2 * records.Length) + terms.Count);
        events.AddRange(terms.Select((t, i) => (t.From, Nobody, i)).Skip(1));
        foreach (ref readonly RequestRecord record in records)
        {
            if (record.Sent != 0)
            {
                events.Add((record.Sent, record.Client, record.Cost));
            }

            if (record.Ended != 0)
            {
                events.Add((record.Ended, record.Client, -record.Cost));
            }
        }

        (long Time, int Client, int Change)[] sorted = [.. events];
        Array.Sort(sorted, (a, b) => a.Time.CompareTo(b.Time));
        return sorted;
    }
}
