namespace KiwiBalancer.Granting;

/// <summary>How a client stands to the water level.</summary>
internal enum Role : byte
{
    /// <summary>Neither holds nor wants a slot, or has not been seen in this episode.</summary>
    None,

    /// <summary>Wants no more than its part and gets all of it: fixed demand.</summary>
    Satisfied,

    /// <summary>Wants more than its part: shares by weight what the others leave.</summary>
    Contender,

    /// <summary>Holds more than its part and cannot be preempted: fixed capacity, out of the level until it has drained.</summary>
    Stuck,
}
