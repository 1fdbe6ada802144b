using System.Collections.Concurrent;

namespace KiwiBalancer.Backlog;

/// <summary>Objects to use again, shared by all threads, at most so many kept.</summary>
internal sealed class SharedPool<T>(int capacity)
    where T : class
{
    private readonly ConcurrentQueue<T> _items = new();
    private int _count;

    public T? TryRent()
    {
        if (!_items.TryDequeue(out var item))
        {
            return null;
        }

        Interlocked.Decrement(ref _count);
        return item;
    }

    public void Return(T item)
    {
        if (Interlocked.Increment(ref _count) <= capacity)
        {
            _items.Enqueue(item);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
