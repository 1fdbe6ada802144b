namespace KiwiBalancer;

/// <summary>When a balancer's health check says <em>degraded</em>.</summary>
public sealed class KiwiBalancerHealthOptions
{
    /// <summary>The part of <see cref="KiwiBalancerOptions.MaxQueueLength"/> above which the backlog counts as long.</summary>
    /// <value>0 to 1. Default: 0.8.</value>
    public double BacklogPart { get; set; } = 0.8;

    /// <summary>How long the backlog must have been long without a break. It is looked at four times in this time, and at least once a second.</summary>
    /// <value>Zero or more, at most a day. Default: 30 seconds.</value>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);
}
