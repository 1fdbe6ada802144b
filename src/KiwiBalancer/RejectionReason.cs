namespace KiwiBalancer;

/// <summary>Why a request was rejected.</summary>
public enum RejectionReason
{
    /// <summary>The backlog was at a bound, and this request was the victim.</summary>
    QueueFull,

    /// <summary>The request waited longer than the queue timeout.</summary>
    QueueTimeout,

    /// <summary>The client was disposed while the request waited.</summary>
    ClientClosed,

    /// <summary>The balancer was disposed while the request waited.</summary>
    BalancerClosed,
}
