namespace KiwiBalancer;

/// <summary>How a balancer made from options shares its slots.</summary>
public enum BalancerStrategy
{
    /// <summary>In proportion to weight, at every instant (default): <see cref="WeightedBalancer"/>.</summary>
    Weighted,

    /// <summary>Each freed slot to the next waiting client in turn: <see cref="RoundRobinBalancer"/>.</summary>
    RoundRobin,

    /// <summary>One client at a time has the whole server: <see cref="SingleClientBalancer"/>.</summary>
    SingleClient,

    /// <summary>What waits now is done before what comes later: <see cref="BatchBalancer"/>.</summary>
    Batch,
}
