namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>What can happen to clients.</summary>
internal enum ChangeKind
{
    /// <summary>The client leaves (its waiters are cancelled), or comes back.</summary>
    Presence,

    /// <summary>The client's weight.</summary>
    Weight,

    /// <summary>The client's own cap.</summary>
    Cap,

    /// <summary>The limit of the server.</summary>
    Limit,

    /// <summary>All waiters of the client are cancelled, and as many sent anew.</summary>
    Cancel,

    /// <summary>A client nobody has seen before sends so many requests, and no more.</summary>
    Visitor,

    /// <summary>So many clients nobody has seen before come one after another, each with one request.</summary>
    Crowd,
}
