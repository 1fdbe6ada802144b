namespace KiwiBalancer;

/// <summary>The answer no, with its reason.</summary>
public sealed class BalancerRejection
{
    internal BalancerRejection(RejectionReason reason, string client, int queueLength, int clientQueueLength, TimeSpan? retryAfter = null)
    {
        Reason = reason;
        Client = client;
        QueueLength = queueLength;
        ClientQueueLength = clientQueueLength;
        RetryAfter = retryAfter;
    }

    /// <summary>Why.</summary>
    public RejectionReason Reason { get; }

    /// <summary>The name of the client whose request was rejected.</summary>
    public string Client { get; }

    /// <summary>Requests of all clients that waited when the answer was given, this one not counted.</summary>
    public int QueueLength { get; }

    /// <summary>Requests of this client that waited when the answer was given, this one not counted.</summary>
    public int ClientQueueLength { get; }

    /// <summary>How long it takes to serve what waits, at the rate at which slots came back lately: trying again sooner is likely to fail. Null if nothing came back lately, or the door has closed.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <inheritdoc/>
    public override string ToString() => Reason switch
    {
        RejectionReason.QueueFull => $"The request of client '{Client}' was rejected: the queue is full ({QueueLength} waiting, {ClientQueueLength} of this client). Send less, or raise MaxQueueLength or MaxQueueLengthPerClient.",
        RejectionReason.QueueTimeout => $"The request of client '{Client}' was rejected: it waited longer than its QueueTimeout ({QueueLength} waiting, {ClientQueueLength} of this client). Send less, or raise QueueTimeout.",
        RejectionReason.ClientClosed => $"The request of client '{Client}' was rejected: the client was disposed while the request waited.",
        _ => $"The request of client '{Client}' was rejected: the balancer was disposed while the request waited.",
    };
}
