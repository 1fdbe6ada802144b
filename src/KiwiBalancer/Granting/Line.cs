namespace KiwiBalancer.Granting;

/// <summary>The four lines in which clients with waiters stand, in the order in which they are served.</summary>
internal enum Line : byte
{
    /// <summary>Gets all it wants, or would be within its quota ⌊λ·w⌋ even with a request as wide as the widest of all: ordered by n/w.</summary>
    Quota,

    /// <summary>Competes for what is beyond that and is eligible (v ≤ V): ordered by virtual deadline.</summary>
    Owed,

    /// <summary>Competes, but has had more than its part so far (v > V): ordered by v.</summary>
    Ahead,

    /// <summary>Holds its part or more, and gets only what nobody else can use: ordered by n/w.</summary>
    Parked,

    /// <summary>Has no waiter that could be granted.</summary>
    None,
}
