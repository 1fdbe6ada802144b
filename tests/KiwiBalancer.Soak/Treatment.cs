namespace KiwiBalancer.Soak;

/// <summary>How the server treats a request.</summary>
internal enum Treatment
{
    /// <summary>Answers at once, on the caller's thread.</summary>
    Synchronous,

    /// <summary>Lets others go first.</summary>
    Yields,

    /// <summary>Throws later.</summary>
    ThrowsLater,

    /// <summary>Throws at once.</summary>
    ThrowsAtOnce,

    /// <summary>Hangs until its token fires.</summary>
    HangsUntilCancelled,

    /// <summary>Ignores its token, and ends some milliseconds later.</summary>
    IgnoresItsToken,

    /// <summary>Answers from a timer.</summary>
    TakesTime,
}
