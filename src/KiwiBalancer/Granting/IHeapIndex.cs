namespace KiwiBalancer.Granting;

/// <summary>Where an item keeps its place in one kind of <see cref="IndexedHeap{TItem, TIndex}"/>; -1 stands for "not in it".</summary>
internal interface IHeapIndex<in TItem>
    where TItem : class
{
    /// <summary>The field of <paramref name="item"/> that holds its place.</summary>
    static abstract ref int Of(TItem item);
}
