using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Rivals;

/// <summary>A policy in the comparison.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="New">A policy that has seen nothing yet.</param>
internal sealed record Contestant(string Name, string Source, Func<IGrantPolicy> New)
{
    /// <summary>The policy that ships.</summary>
    public static Contestant Kiwi { get; } = new("KiwiBalancer", "KiwiBalancer.Granting.WeightedPolicy", () => new WeightedPolicy());

    public static Contestant Fifo { get; } = new("FIFO", "SemaphoreSlim; System.Threading.RateLimiting.ConcurrencyLimiter", () => new FifoPolicy());

    public static IReadOnlyList<Contestant> Rivals { get; } =
    [
        Fifo,
        new("round-robin", "J. Nagle, On packet switches with infinite storage (RFC 970, 1985); the balancer's own RoundRobin strategy", () => new RoundRobinPolicy()),
        new("used/weight", "CockroachDB, pkg/util/admission/work_queue.go", () => new UsedPerWeightPolicy()),
        new("SFQ(D)", "Jin, Chase, Kaur (SIGMETRICS 2004); Waldspurger, Weihl (1995)", () => new StartTimePolicy()),
        new("K8s APF", "k8s.io/apiserver, fairqueuing/queueset; KEP-1040", () => new PriorityAndFairnessPolicy()),
        new("WDRR", "Shreedhar, Varghese (SIGCOMM 1995)", () => new DeficitRoundRobinPolicy()),
    ];

    public static IReadOnlyList<Contestant> All { get; } = [Kiwi, .. Rivals];
}
