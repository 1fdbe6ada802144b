using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// A min-heap of claims that can re-key and remove any item in O(log n). It never allocates: its array is given to it by <see cref="Install"/>
/// while clients register, because the grant loop must not meet an <see cref="OutOfMemoryException"/>.
/// </summary>
/// <remarks>Four children a node: half the levels of a binary heap, and the four keys compared lie side by side.</remarks>
internal sealed class IndexedHeap<TItem, TIndex>
    where TItem : class
    where TIndex : struct, IHeapIndex<TItem>
{
    private const int Children = 4;

    private HeapEntry<TItem>[] _entries = [];
    private int _count;

    // Clear is O(1) and leaves references behind, up to here; every later Add sweeps two of them, so that a closed client is not kept alive for ever.
    private int _swept;

    public int Count => _count;

    public int Capacity => _entries.Length;

    public TItem Top => _entries[0].Item!;

    public double TopKey => _entries[0].Key;

    /// <summary>Moves into a larger array; a smaller one is ignored.</summary>
    public void Install(HeapEntry<TItem>[] entries)
    {
        if (entries.Length <= _entries.Length)
            return;
        Array.Copy(_entries, entries, _count);
        _entries = entries;
        _swept = 0;
    }

    public static bool Contains(TItem item) => TIndex.Of(item) >= 0;

    public double KeyOf(TItem item) => _entries[TIndex.Of(item)].Key;

    public void Add(TItem item, double key, long tie)
    {
        Debug.Assert(!Contains(item) && _count < _entries.Length);
        SiftUp(_count++, new HeapEntry<TItem> { Key = key, Tie = tie, Item = item });
        Sweep();
    }

    public void Rekey(TItem item, double key, long tie)
    {
        var index = TIndex.Of(item);
        var entry = new HeapEntry<TItem> { Key = key, Tie = tie, Item = item };
        if (entry.Precedes(_entries[index]))
            SiftUp(index, entry);
        else
            SiftDown(index, entry);
    }

    public void Remove(TItem item)
    {
        ref var place = ref TIndex.Of(item);
        var index = place;
        place = -1;
        var last = _entries[--_count];
        _entries[_count] = default;
        if (index == _count)
            return;
        if (index > 0 && last.Precedes(_entries[(index - 1) / Children]))
            SiftUp(index, last);
        else
            SiftDown(index, last);
    }

    /// <summary>Gives every item the key it has now, in O(n).</summary>
    public void RekeyAll(Func<TItem, double> key)
    {
        for (var i = 0; i < _count; i++)
            _entries[i].Key = key(_entries[i].Item!);
        for (var i = (_count - 2) / Children; i >= 0 && _count > 1; i--)
            SiftDown(i, _entries[i]);
    }

    /// <summary>Forgets all items without visiting them: their places are void from now on, and their owner must know it (by an epoch).</summary>
    public void Clear()
    {
        _swept = Math.Max(_swept, _count);
        _count = 0;
    }

    /// <summary>Copies all items, in no order.</summary>
    /// <returns>How many.</returns>
    public int CopyTo(TItem[] items)
    {
        for (var i = 0; i < _count; i++)
            items[i] = _entries[i].Item!;
        return _count;
    }

    [Conditional("DEBUG")]
    public void AssertInvariants()
    {
        for (var i = 0; i < _count; i++)
        {
            Debug.Assert(TIndex.Of(_entries[i].Item!) == i, "An item does not know its place.");
            Debug.Assert(i == 0 || !_entries[i].Precedes(_entries[(i - 1) / Children]), "A child stands below a parent it precedes.");
        }
    }

    private void SiftUp(int index, HeapEntry<TItem> entry)
    {
        var entries = _entries;
        while (index > 0)
        {
            var parent = (index - 1) / Children;
            if (!entry.Precedes(entries[parent]))
                break;
            Put(entries, index, entries[parent]);
            index = parent;
        }

        Put(entries, index, entry);
    }

    private void SiftDown(int index, HeapEntry<TItem> entry)
    {
        var entries = _entries;
        while (true)
        {
            var child = (index * Children) + 1;
            if (child >= _count)
                break;
            var end = Math.Min(child + Children, _count);
            var least = child;
            while (++child < end)
            {
                if (entries[child].Precedes(entries[least]))
                    least = child;
            }

            if (!entries[least].Precedes(entry))
                break;
            Put(entries, index, entries[least]);
            index = least;
        }

        Put(entries, index, entry);
    }

    private static void Put(HeapEntry<TItem>[] entries, int index, in HeapEntry<TItem> entry)
    {
        TIndex.Of(entry.Item!) = index;
        entries[index] = entry;
    }

    private void Sweep()
    {
        for (var i = 0; i < 2 && _swept > _count; i++)
            _entries[--_swept] = default;
    }
}
