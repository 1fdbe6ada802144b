namespace KiwiBalancer.Demo.Measuring;

/// <summary>A span of the run in which neither demand nor what is in force changed.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended, after <paramref name="Start"/>.</param>
/// <param name="Limit">The limit in force.</param>
/// <param name="Demand">What all clients together wanted, in slots.</param>
/// <param name="Shares">What an ideal balancer would have given each; overwritten by the next span.</param>
internal readonly record struct DemandSpan(long Start, long End, int Limit, long Demand, IReadOnlyList<double> Shares)
{
    /// <summary>Demand was at least the limit. While the run is paused there is nothing to share.</summary>
    public bool IsContended => Limit > 0 && Demand >= Limit;
}
