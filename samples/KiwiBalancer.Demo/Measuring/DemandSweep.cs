namespace KiwiBalancer.Demo.Measuring;

/// <summary>
/// Goes through a run event by event, and finds out when demand was at least the limit, and what an ideal balancer would have given each client during that time.
/// Demand is what was sent and had not ended, in slots.
/// </summary>
internal sealed class DemandSweep
{
    private readonly ContendedTime _contended = new();
    private readonly double[] _ideal;

    /// <param name="limit">The server's slots.</param>
    /// <param name="weights">The weight of each client.</param>
    /// <param name="records">The run.</param>
    public DemandSweep(int limit, IReadOnlyCollection<int> weights, ReadOnlySpan<RequestRecord> records)
    {
        _ideal = new double[weights.Count];
        (long Time, int Client, int Change)[] events = Events(records);
        var filling = new WaterFilling(limit, weights);
        int[] demand = new int[weights.Count];
        double[] shares = new double[weights.Count];
        long total = 0;
        for (int i = 0; i < events.Length; i++)
        {
            if (total >= limit && events[i].Time > events[i - 1].Time)
            {
                long span = events[i].Time - events[i - 1].Time;
                _contended.Add(events[i - 1].Time, events[i].Time);
                filling.Fill(demand, shares);
                for (int client = 0; client < shares.Length; client++)
                {
                    _ideal[client] += shares[client] * span;
                }
            }

            demand[events[i].Client] += events[i].Change;
            total += events[i].Change;
        }
    }

    /// <summary>The time during which demand was at least the limit.</summary>
    public ContendedTime Contended => _contended;

    /// <summary>The slots the client would have held on average over that time.</summary>
    public double IdealInFlight(int client) => _contended.Total > 0 ? _ideal[client] / _contended.Total : 0;

    private static (long Time, int Client, int Change)[] Events(ReadOnlySpan<RequestRecord> records)
    {
        var events = new List<(long Time, int Client, int Change)>(2 * records.Length);
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
