namespace KiwiBalancer.Granting;

/// <summary>
/// An item with its key beside it, so that sifting compares within the array and follows a reference only to write the item's new place.
/// </summary>
internal struct HeapEntry<TItem>
    where TItem : class
{
    /// <summary>The smallest is on top.</summary>
    public double Key;

    /// <summary>Decides between equal keys; the smallest is on top.</summary>
    public long Tie;

    /// <summary>The item; null above the heap's count.</summary>
    public TItem? Item;

    /// <summary>Whether this entry belongs above <paramref name="other"/>.</summary>
    public readonly bool Precedes(in HeapEntry<TItem> other) => Key < other.Key || (Key == other.Key && Tie < other.Tie);
}
