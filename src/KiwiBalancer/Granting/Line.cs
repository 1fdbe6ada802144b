namespace KiwiBalancer.Granting;

/// <summary>The four lines in which clients with waiters stand, in the order in which they are served.</summary>
internal enum Line : byte
{
    /// <summary>The head fits under the client's quota ⌊λ·w⌋: ordered by n/w.</summary>
    Quota,

    /// <summary>Competes for a fractional slot and is eligible (v ≤ V): ordered by virtual deadline.</summary>
    Owed,

    /// <summary>Competes for a fractional slot but has had more than its part so far (v > V): ordered by v.</summary>
    Ahead,

    /// <summary>Holds its part or more, and gets only what nobody else can use: ordered by n/w.</summary>
    Parked,

    /// <summary>Has no waiter that could be granted.</summary>
    None,
}
