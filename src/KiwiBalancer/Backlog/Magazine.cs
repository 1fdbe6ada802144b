namespace KiwiBalancer.Backlog;

/// <summary>A few objects to use again. One thread's at a time.</summary>
internal sealed class Magazine<T>
    where T : class
{
    public const int Size = 16;

    private readonly T?[] _items = new T?[Size];

    public int Count { get; private set; }

    public T? TryTake()
    {
        if (Count == 0)
        {
            return null;
        }

        ref var place = ref _items[--Count];
        var item = place;
        place = null;
        return item;
    }

    public void Give(T item) => _items[Count++] = item;

    /// <summary>Leaves its objects to the collector.</summary>
    public void Clear()
    {
        Array.Clear(_items);
        Count = 0;
    }
}
