namespace KiwiBalancer;

/// <summary>Which waiting request of the chosen client is rejected when the backlog is full.</summary>
public enum OverflowPolicy
{
    /// <summary>The one that came last (default).</summary>
    RejectNewest,

    /// <summary>The one that waits longest.</summary>
    RejectOldest,
}
