using System.Collections.Concurrent;

namespace KiwiBalancer.Backlog;

/// <summary>Objects to use again, shared by all threads, at most so many kept.</summary>
internal sealed class SharedPool<T>(int capacity)
    where T : class
{
    private readonly ConcurrentQueue<T> _items = new();

    // Invariant: no less than the items in the queue, so that it never holds more than its capacity. Written by: any thread, interlocked; raised before an item is put in, lowered after one is taken out.
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
            try
            {
                _items.Enqueue(item);
                return;
            }
            catch (OutOfMemoryException)
            {
                // The queue had to grow and could not: the item is lost to the collector, which nobody minds. The owner of the grant loop comes through here, and must not throw.
            }
        }

        Interlocked.Decrement(ref _count);
    }
}
