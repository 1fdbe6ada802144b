namespace KiwiBalancer.Demo.Arguments;

/// <summary>What the balancer is compared with.</summary>
internal enum Baseline
{
    /// <summary>Nothing: only the balancer runs.</summary>
    None,

    /// <summary>Only the baseline runs.</summary>
    Semaphore,

    /// <summary>The balancer, then the baseline; the balancer is judged.</summary>
    Both,
}
