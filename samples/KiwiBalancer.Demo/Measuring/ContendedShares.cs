namespace KiwiBalancer.Demo.Measuring;

/// <summary>When demand was at least the limit, and what an ideal balancer would have given each client over that time.</summary>
internal sealed class ContendedShares(int clients)
{
    private readonly double[] _ideal = new double[clients];

    /// <summary>The time during which demand was at least the limit.</summary>
    public ContendedTime Time { get; } = new();

    /// <summary>The slots there were over that time, in timestamp ticks.</summary>
    public double SlotTicks { get; private set; }

    public void Add(DemandSpan span)
    {
        if (!span.IsContended)
        {
            return;
        }

        Time.Add(span.Start, span.End);
        SlotTicks += (double)(span.End - span.Start) * span.Limit;
        for (int client = 0; client < _ideal.Length; client++)
        {
            _ideal[client] += span.Shares[client] * (span.End - span.Start);
        }
    }

    /// <summary>The slots the client would have held on average over that time.</summary>
    public double IdealInFlight(int client) => Time.Total > 0 ? _ideal[client] / Time.Total : 0;
}
