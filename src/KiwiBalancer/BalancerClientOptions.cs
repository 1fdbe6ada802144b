namespace KiwiBalancer;

/// <summary>How a client is registered. Values are checked where the options are used.</summary>
public sealed class BalancerClientOptions
{
    /// <summary>The client's name, unique among the live clients of its balancer (ordinal).</summary>
    /// <value>Any text that is not empty. Default (null): the balancer gives one.</value>
    public string? Name { get; set; }

    /// <summary>The client's relative claim on the server's slots.</summary>
    /// <value>1 to 1,000,000. Default: 1.</value>
    public int Weight { get; set; } = 1;

    /// <summary>The most slots this client may hold at once, whatever its share. Requests above it wait inside the client and hold up nobody else.</summary>
    /// <value>1 or more. Default (null): no cap of its own.</value>
    public int? MaxInFlight { get; set; }

    /// <summary>How many requests of this client may wait at once.</summary>
    /// <value>0 or more. Default (null): <see cref="KiwiBalancerOptions.MaxQueueLengthPerClient"/>.</value>
    public int? MaxQueueLength { get; set; }

    /// <summary>How long a request of this client may wait before it is rejected.</summary>
    /// <value>More than zero, or <see cref="Timeout.InfiniteTimeSpan"/>. Default (null): <see cref="KiwiBalancerOptions.QueueTimeout"/>.</value>
    public TimeSpan? QueueTimeout { get; set; }
}
