using System.Diagnostics.CodeAnalysis;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Collections.Concurrent;

/// <summary>Stands in for the framework's type of this name: each call is a step.</summary>
internal sealed class ConcurrentQueue<T> : IEnumerable<T>
{
    private readonly Queue<T> _items = new();

    public int Count => _items.Count;

    public bool IsEmpty => _items.Count == 0;

    public void Enqueue(T item)
    {
        Scheduler.Call("Enqueue", nameof(ConcurrentQueue<>));
        _items.Enqueue(item);
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        Scheduler.Call("TryDequeue", nameof(ConcurrentQueue<>));
        return _items.TryDequeue(out item);
    }

    public IEnumerator<T> GetEnumerator() => _items.ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
