namespace KiwiBalancer.Soak;

/// <summary>How a request ended.</summary>
internal enum End
{
    /// <summary>The server answered, or the lease was held and given back.</summary>
    Served,

    /// <summary>The server threw.</summary>
    Failed,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The client or the balancer was disposed while the server worked.</summary>
    Stopped,

    /// <summary>Rejected: the queue was full.</summary>
    QueueFull,

    /// <summary>Rejected: it waited too long.</summary>
    QueueTimeout,

    /// <summary>Rejected: the client or the balancer was disposed while it waited.</summary>
    Closed,

    /// <summary>Refused: there was no slot for one that does not wait, or the client was disposed before.</summary>
    Refused,
}
