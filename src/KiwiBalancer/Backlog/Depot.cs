namespace KiwiBalancer.Backlog;

/// <summary>Magazines of all threads: always so many, full ones in front. Nobody waits here: who finds it in use does without, makes new objects or leaves old ones to the collector.</summary>
internal sealed class Depot<T>
    where T : class
{
    private readonly Lock _lock = new();

    // Invariant: the first _full magazines are full, the others empty. Written by: whoever holds the lock.
    private readonly Magazine<T>[] _magazines;
    private int _full;

    public Depot(int magazines)
    {
        _magazines = new Magazine<T>[magazines];
        for (var i = 0; i < magazines; i++)
        {
            _magazines[i] = new Magazine<T>();
        }
    }

    /// <summary>Gives a full magazine for an empty one; the same one if there is none.</summary>
    public Magazine<T> ForEmpty(Magazine<T> empty)
    {
        if (!_lock.TryEnter())
        {
            return empty;
        }

        if (_full > 0)
        {
            ref var place = ref _magazines[--_full];
            (place, empty) = (empty, place);
        }

        _lock.Exit();
        return empty;
    }

    /// <summary>Gives an empty magazine for a full one; if there is none, the same one, emptied.</summary>
    public Magazine<T> ForFull(Magazine<T> full)
    {
        if (_lock.TryEnter())
        {
            if (_full < _magazines.Length)
            {
                ref var place = ref _magazines[_full++];
                (place, full) = (full, place);
            }

            _lock.Exit();
        }

        full.Clear();
        return full;
    }
}
