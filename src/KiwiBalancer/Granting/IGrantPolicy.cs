namespace KiwiBalancer.Granting;

/// <summary>
/// Decides who is next. Driven by one thread at a time (the owner of the grant loop, or a simulator); it knows nothing of threads, tasks or clocks
/// other than the time it is given, in seconds from any origin and never falling. Nothing here may throw or allocate, except <see cref="NewClaim"/> and <see cref="PrepareRoom"/>.
/// </summary>
internal interface IGrantPolicy
{
    /// <summary>Whether a newcomer may take a free slot at the door while nobody waits. If not, the gate stays closed, and every request comes before the policy.</summary>
    bool HasOpenDoor { get; }

    /// <summary>When <see cref="Next"/> may have another answer although nothing has happened, in seconds; <see cref="double.PositiveInfinity"/>: never.</summary>
    double AskAgainAt { get; }

    /// <summary>Makes the policy's record of a client. Called by any thread; touches no shared state.</summary>
    Claim NewClaim();

    /// <summary>Allocates what the policy needs to hold <paramref name="claims"/> claims at once. Called by any thread; touches no shared state.</summary>
    object PrepareRoom(int claims);

    /// <summary>Takes over room made by <see cref="PrepareRoom"/>. Room only grows.</summary>
    void InstallRoom(object room);

    /// <summary>
    /// The gate has closed: what follows is contended, and history is forgotten. Slots in flight now are held by clients that are unknown
    /// until their first <see cref="Update"/>.
    /// </summary>
    void Begin(int limit, int inFlight, double now);

    /// <summary>The limit or the number of slots in flight has changed (called before the <see cref="Update"/> of the claim that caused it, if one did).</summary>
    void Advance(int limit, int inFlight, double now);

    /// <summary>The head that <see cref="Next"/> named has been granted. Its <see cref="Update"/> follows.</summary>
    void Granted(Claim claim, int cost);

    /// <summary>The owner has changed fields of <paramref name="claim"/>: an arrival, a grant, a release, a cancellation, a new weight or cap.</summary>
    void Update(Claim claim, double now);

    /// <summary>
    /// Whose head is to be granted now; null if nobody's (no slot is free, nobody is eligible, or the free slots stand reserved for a wide head).
    /// The owner grants it and then calls <see cref="Advance"/> and <see cref="Update"/>, or, if the grant came to nothing, changes the claim and calls <see cref="Update"/>.
    /// </summary>
    Claim? Next(double now);
}
