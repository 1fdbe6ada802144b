namespace KiwiBalancer.Tests.Support;

/// <summary>A balancer by the name of its strategy.</summary>
internal static class NewBalancer
{
    public static Balancer Of(BalancerStrategy strategy, KiwiBalancerOptions options, TimeProvider? timeProvider = null) => strategy switch
    {
        BalancerStrategy.RoundRobin => new RoundRobinBalancer(options, timeProvider),
        BalancerStrategy.SingleClient => new SingleClientBalancer(options, timeProvider),
        BalancerStrategy.Batch => new BatchBalancer(options, timeProvider),
        _ => new WeightedBalancer(options, timeProvider),
    };
}
