namespace KiwiBalancer.Granting;

/// <summary>Where an item keeps its neighbours in one kind of <see cref="LinkedLine{TItem, TLinks}"/>.</summary>
internal interface ILinks<TItem>
    where TItem : class
{
    /// <summary>The field of <paramref name="item"/> that holds the one before it.</summary>
    static abstract ref TItem? Before(TItem item);

    /// <summary>The field of <paramref name="item"/> that holds the one after it.</summary>
    static abstract ref TItem? After(TItem item);
}
