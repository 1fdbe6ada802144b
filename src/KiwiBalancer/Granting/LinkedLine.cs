namespace KiwiBalancer.Granting;

/// <summary>A line whose items know their neighbours, so that it allocates nothing and any of them leaves in O(1). Owner only.</summary>
internal sealed class LinkedLine<TItem, TLinks>
    where TItem : class
    where TLinks : struct, ILinks<TItem>
{
    public TItem? First { get; private set; }

    public TItem? Last { get; private set; }

    public int Count { get; private set; }

    public void AddLast(TItem item) => AddAfter(Last, item);

    /// <summary>Puts an item behind another; null: in front of all.</summary>
    public void AddAfter(TItem? before, TItem item)
    {
        var after = before is null ? First : TLinks.After(before);
        TLinks.Before(item) = before;
        TLinks.After(item) = after;
        Join(before, item);
        Join(item, after);
        Count++;
    }

    public void Remove(TItem item)
    {
        ref var before = ref TLinks.Before(item);
        ref var after = ref TLinks.After(item);
        Join(before, after);
        before = null;
        after = null;
        Count--;
    }

    private void Join(TItem? before, TItem? after)
    {
        if (before is null)
        {
            First = after;
        }
        else
        {
            TLinks.After(before) = after;
        }

        if (after is null)
        {
            Last = before;
        }
        else
        {
            TLinks.Before(after) = before;
        }
    }
}
