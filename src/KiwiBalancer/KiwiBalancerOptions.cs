namespace KiwiBalancer;

/// <summary>How a balancer is set up. Values are checked where the options are used: the constructor, <see cref="IBalancer.Reconfigure"/>.</summary>
public sealed class KiwiBalancerOptions
{
    /// <summary>The balancer's name, for logs and snapshots.</summary>
    /// <value>Any text. Default: <c>kiwi</c>.</value>
    public string Name { get; set; } = "kiwi";

    /// <summary>The slots that may be held at once.</summary>
    /// <value>1 or more. Required.</value>
    public int Limit { get; set; }

    /// <summary>The largest cost a request may have; a larger one is refused at the door.</summary>
    /// <value>1 or more. Default (null): <see cref="Limit"/>.</value>
    public int? MaxCost { get; set; }

    /// <summary>How the slots are shared, when the balancer is made from options.</summary>
    /// <value>Default: <see cref="BalancerStrategy.Weighted"/>.</value>
    public BalancerStrategy Strategy { get; set; }

    /// <summary>How many requests of all clients may wait at once. Beyond it, the client with the largest backlog per weight loses one.</summary>
    /// <remarks>Requests of a workload (<see cref="IClientHandle{TRequest, TResponse}.SendAllAsync"/>) do not count, here and for each client, and have no queue timeout: their bound is <see cref="SendAllOptions.MaxOutstanding"/>.</remarks>
    /// <value>0 or more. Default: 10,000.</value>
    public int MaxQueueLength { get; set; } = 10_000;

    /// <summary>How many requests of one client may wait at once, for clients without a bound of their own.</summary>
    /// <value>0 or more. Default (null): <see cref="MaxQueueLength"/>.</value>
    public int? MaxQueueLengthPerClient { get; set; }

    /// <summary>How long a request may wait before it is rejected: never sooner, at most 50 ms later.</summary>
    /// <value>More than zero, or <see cref="Timeout.InfiniteTimeSpan"/> (default).</value>
    public TimeSpan QueueTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Which request goes when the backlog is full.</summary>
    /// <value>Default: <see cref="OverflowPolicy.RejectNewest"/>.</value>
    public OverflowPolicy OverflowPolicy { get; set; }

    /// <summary>How long an asynchronous disposal lets accepted requests finish before it rejects and cancels them.</summary>
    /// <value>Zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>. Default: 20 s.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary><see cref="SingleClientBalancer"/>: how long the client whose turn it is may have neither waiters nor slots before its turn ends.</summary>
    /// <value>Zero (default) or more.</value>
    public TimeSpan IdleGrace { get; set; }

    /// <summary><see cref="SingleClientBalancer"/>: how many requests are granted in one turn while others wait for theirs.</summary>
    /// <value>1 or more. Default (null): unlimited.</value>
    public int? MaxRequestsPerTurn { get; set; }

    /// <summary>How many clients have a tag of their own, <c>kiwibalancer.client</c>, in metrics: the first to be measured. Those after them share the tag <c>_other</c>.</summary>
    /// <value>0 or more. Default: 0, no client is named. Once named a client stays named.</value>
    public int MaxClientsInMetrics { get; set; }

    /// <summary>Clients to register at the start, by name. A value's own <see cref="BalancerClientOptions.Name"/> must be null or the same.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, BalancerClientOptions> Clients { get; } = new Dictionary<string, BalancerClientOptions>(StringComparer.Ordinal);
}
