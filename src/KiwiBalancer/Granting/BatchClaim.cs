namespace KiwiBalancer.Granting;

/// <summary>A client as <see cref="BatchPolicy"/> sees it: what waits for the next batch, and, in <see cref="InBatch"/>, what belongs to this one.</summary>
internal sealed class BatchClaim : Claim
{
    public BatchClaim(Claim inBatch)
    {
        InBatch = inBatch;
        inBatch.Owner = this;
    }

    /// <summary>The part in the running batch, as the weighted policy sees it.</summary>
    public Claim InBatch { get; }

    /// <summary>Slots that requests of the running batch still wait for (at most: a cancellation is noticed when the head has passed the batch's end).</summary>
    public long Left;

    // The line of clients with requests for the next batch.
    public BatchClaim? Before;
    public BatchClaim? After;
    public bool IsInLine;

    /// <summary>Neighbours in that line.</summary>
    public readonly struct Links : ILinks<BatchClaim>
    {
        public static ref BatchClaim? Before(BatchClaim item) => ref item.Before;

        public static ref BatchClaim? After(BatchClaim item) => ref item.After;
    }
}
