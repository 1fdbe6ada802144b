namespace KiwiBalancer;

/// <summary>How a balancer made from options shares its slots.</summary>
public enum BalancerStrategy
{
    /// <summary>In proportion to weight, at every instant (default): <c>WeightedBalancer</c>.</summary>
    Weighted,
}
