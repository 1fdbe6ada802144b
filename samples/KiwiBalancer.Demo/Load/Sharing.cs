using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Load;

/// <summary>What shares the slots among the clients, and what it promises.</summary>
/// <param name="Name">Its name on the command line and in the report.</param>
/// <param name="Promises">What a run is held against, apart from the limit and that nothing is lost.</param>
/// <param name="WeightsCount">Whether its ideal is by weight; otherwise clients are equal.</param>
internal sealed record Sharing(string Name, Promise Promises, bool WeightsCount = true)
{
    public static Sharing Weighted { get; } = new("weighted", Promise.KeepsBusy | Promise.SharesByWeight);

    public static Sharing RoundRobin { get; } = new("roundrobin", Promise.KeepsBusy, WeightsCount: false);

    public static Sharing Single { get; } = new("single", Promise.OneClientAtATime);

    public static Sharing Batch { get; } = new("batch", Promise.BatchAfterBatch);

    /// <summary>No balancer: what it is compared with.</summary>
    public static Sharing Semaphore { get; } = new("semaphore", Promise.KeepsBusy);

    public static IReadOnlyList<Sharing> Strategies { get; } = [Weighted, RoundRobin, Single, Batch];

    /// <summary>The balancer of this name.</summary>
    public Balancer MakeBalancer(KiwiBalancerOptions options) => Name switch
    {
        "roundrobin" => new RoundRobinBalancer(options),
        "single" => new SingleClientBalancer(options),
        "batch" => new BatchBalancer(options),
        _ => new WeightedBalancer(options),
    };
}
