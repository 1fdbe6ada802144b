using System.Threading.RateLimiting;

namespace KiwiBalancer;

/// <summary>Slots that are held until the lease is disposed.</summary>
internal sealed class GrantedLease(ClientRateLimiter limiter, SlotLease lease) : RateLimitLease
{
    public override bool IsAcquired => true;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (lease.IsHeld)
        {
            // Before: once the slots are back the client may be idle.
            limiter.Used();
            lease.Dispose();
        }

        base.Dispose(disposing);
    }
}
