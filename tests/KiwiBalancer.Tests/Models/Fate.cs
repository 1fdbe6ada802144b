namespace KiwiBalancer.Tests.Models;

/// <summary>Where a request of a random program stands.</summary>
internal enum Fate
{
    Waiting,
    Held,
    Released,
    Refused,
    Cancelled,
    QueueFull,
    TimedOut,
}
