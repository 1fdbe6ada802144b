using System.Diagnostics.CodeAnalysis;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Collections.Concurrent;

/// <summary>Stands in for the framework's type of this name: each call is a step, and what is enumerated is a copy.</summary>
internal sealed class ConcurrentDictionary<TKey, TValue>(IEqualityComparer<TKey>? comparer = null) : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _items = new(comparer);

    public int Count => Do("Count").Count;

    public bool IsEmpty => Do("IsEmpty").Count == 0;

    public ICollection<TKey> Keys => [.. Do("Keys").Keys];

    public ICollection<TValue> Values => [.. Do("Values").Values];

    public TValue this[TKey key]
    {
        get => Do("Get")[key];
        set => Do("Set")[key] = value;
    }

    public bool ContainsKey(TKey key) => Do("ContainsKey").ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => Do("TryGetValue").TryGetValue(key, out value);

    public bool TryAdd(TKey key, TValue value) => Do("TryAdd").TryAdd(key, value);

    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value) => Do("TryRemove").Remove(key, out value);

    public bool TryRemove(KeyValuePair<TKey, TValue> item) =>
        Do("TryRemove").TryGetValue(item.Key, out var found) && EqualityComparer<TValue>.Default.Equals(found, item.Value) && _items.Remove(item.Key);

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        if (!Do("GetOrAdd").TryGetValue(key, out var value))
        {
            value = make(key);
            _items[key] = value;
        }

        return value;
    }

    public TValue GetOrAdd<TArgument>(TKey key, Func<TKey, TArgument, TValue> make, TArgument argument) => GetOrAdd(key, made => make(made, argument));

    public void Clear() => Do("Clear").Clear();

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => Do("Enumerate").ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<TKey, TValue> Do(string call)
    {
        Scheduler.Call(call, nameof(ConcurrentDictionary<,>));
        return _items;
    }
}
