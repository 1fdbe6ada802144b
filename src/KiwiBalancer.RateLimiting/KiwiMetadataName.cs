using System.Threading.RateLimiting;

namespace KiwiBalancer;

/// <summary>What a refused lease says, besides <see cref="MetadataName.ReasonPhrase"/> and, if it is known, <see cref="MetadataName.RetryAfter"/>.</summary>
public static class KiwiMetadataName
{
    /// <summary>Why a request was rejected. Not there when <see cref="RateLimiter.AttemptAcquire"/> found no slot free, which is no rejection: the request may still wait for one.</summary>
    public static MetadataName<RejectionReason> Reason { get; } = MetadataName.Create<RejectionReason>("KIWIBALANCER_REASON");
}
