using System.Threading.RateLimiting;

namespace KiwiBalancer;

/// <summary>No slots, and why.</summary>
internal sealed class RefusedLease : RateLimitLease
{
    private readonly Dictionary<string, object?> _metadata;

    public RefusedLease(BalancerRejection rejection)
        : this(rejection.ToString(), rejection.Reason, rejection.RetryAfter)
    {
    }

    private RefusedLease(string phrase, RejectionReason? reason, TimeSpan? retryAfter)
    {
        _metadata = new(StringComparer.Ordinal) { [MetadataName.ReasonPhrase.Name] = phrase };
        if (reason is { } known)
        {
            _metadata.Add(KiwiMetadataName.Reason.Name, known);
        }

        if (retryAfter is { } after)
        {
            _metadata.Add(MetadataName.RetryAfter.Name, after);
        }
    }

    /// <summary>For those who do not wait.</summary>
    public static RefusedLease NoSlot { get; } = new("No slot is free for this client now.", reason: null, retryAfter: null);

    /// <summary>The client takes no more requests.</summary>
    public static RefusedLease Closed { get; } = new("The client, or its balancer, has been disposed.", RejectionReason.ClientClosed, retryAfter: null);

    public override bool IsAcquired => false;

    public override IEnumerable<string> MetadataNames => _metadata.Keys;

    public override bool TryGetMetadata(string metadataName, out object? metadata) => _metadata.TryGetValue(metadataName, out metadata);
}
