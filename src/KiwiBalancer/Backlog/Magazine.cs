namespace KiwiBalancer.Backlog;

/// <summary>A few objects to use again. One thread's at a time.</summary>
internal sealed class Magazine<T>
    where T : class
{
    public const int Size = 16;

    // In a struct: an array of references checks the type of what is stored, one of structs need not.
    private readonly Place[] _places = new Place[Size];

    public int Count { get; private set; }

    public T? TryTake()
    {
        if (Count == 0)
        {
            return null;
        }

        ref var place = ref _places[--Count];
        var item = place.Item;
        place.Item = null;
        return item;
    }

    public void Give(T item) => _places[Count++].Item = item;

    /// <summary>Leaves its objects to the collector.</summary>
    public void Clear()
    {
        Array.Clear(_places);
        Count = 0;
    }

    private struct Place
    {
        public T? Item;
    }
}
