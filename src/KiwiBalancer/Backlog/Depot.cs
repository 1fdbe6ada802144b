namespace KiwiBalancer.Backlog;

/// <summary>Full magazines, for all threads; at most so many.</summary>
internal sealed class Depot<T>(int magazines)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Magazine<T>?[] _full = new Magazine<T>?[magazines];
    private int _count;

    public Magazine<T>? TryTakeFull()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return null;
            }

            ref var place = ref _full[--_count];
            var magazine = place;
            place = null;
            return magazine;
        }
    }

    /// <summary>Takes in a full magazine, and gives an empty one for it. When the depot is full too, the objects are left to the collector.</summary>
    public Magazine<T> Exchange(Magazine<T> full)
    {
        lock (_lock)
        {
            if (_count == _full.Length)
            {
                full.Clear();
                return full;
            }

            _full[_count++] = full;
        }

        return new Magazine<T>();
    }
}
