namespace KiwiBalancer;

/// <summary>A request was rejected instead of granted: overload or shutdown, never the caller's bug. The server has not seen it.</summary>
public sealed class BalancerRejectedException : Exception
{
    /// <summary>Creates the exception for a rejection.</summary>
    /// <param name="rejection">The rejection.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rejection"/> is null.</exception>
    public BalancerRejectedException(BalancerRejection rejection)
        : base((rejection ?? throw new ArgumentNullException(nameof(rejection))).ToString()) => Rejection = rejection;

    /// <summary>The rejection as a value.</summary>
    public BalancerRejection Rejection { get; }

    /// <summary>Why.</summary>
    public RejectionReason Reason => Rejection.Reason;

    /// <summary>The name of the client whose request was rejected.</summary>
    public string Client => Rejection.Client;

    /// <summary>Requests of all clients that waited when the answer was given, this one not counted.</summary>
    public int QueueLength => Rejection.QueueLength;

    /// <summary>Requests of this client that waited when the answer was given, this one not counted.</summary>
    public int ClientQueueLength => Rejection.ClientQueueLength;

    /// <summary>How long it takes to serve what waits, at the rate at which slots came back lately: trying again sooner is likely to fail. Null if nothing came back lately, or the door has closed.</summary>
    public TimeSpan? RetryAfter => Rejection.RetryAfter;
}
