namespace KiwiBalancer.Interleavings.Tests.Stages;

/// <summary>What has become of a request.</summary>
internal enum Outcome
{
    /// <summary>Not answered, or not read yet.</summary>
    Open,
    Held,
    Released,
    Rejected,
    Cancelled,

    /// <summary>Thrown at the door: the client is closed.</summary>
    Refused,
}
