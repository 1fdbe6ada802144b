namespace KiwiBalancer;

/// <summary>stub</summary>
public readonly struct SlotLease
{
    /// <summary>stub</summary>
    public BalancerRejection? Rejection { get; }
}
