using System.Diagnostics;

namespace KiwiBalancer.Lab.Scale;

/// <summary>
/// Many requests that wait, of a client each or all of one, while the slots are handed on: each that is given back grants the next, and a new request takes the place in the backlog of the one that was granted.
/// Timed is what the thread does that gives back and asks, all of a balancer's work; not how soon the thread pool tells those that were granted (see handover).
/// </summary>
internal static class WaitingRequests
{
    private const int Limit = 64;
    private const int Batches = 400;
    private const int Warmup = 60;

    public static Task<IReadOnlyList<ScalePoint>> PlayAsync(string scenario, IReadOnlyList<int> sizes, bool isClientEach) =>
        Task.FromResult<IReadOnlyList<ScalePoint>>([.. sizes.Select(size => Play(scenario, size, isClientEach))]);

    private static ScalePoint Play(string scenario, int size, bool isClientEach)
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = Limit, MaxQueueLength = int.MaxValue });
        var clients = new IClientHandle[isClientEach ? size : 1];
        for (var i = 0; i < clients.Length; i++)
            clients[i] = balancer.Register(new BalancerClientOptions { Weight = 1 + (i % 10) });
        var holder = balancer.Register("holder");
        var held = new Queue<SlotLease>();
        for (var i = 0; i < Limit; i++)
            held.Enqueue(holder.TryAcquire(out var lease) ? lease : throw new InvalidOperationException("A free slot was refused."));

        var granted = new Queue<Place>();
        var places = new Place[size];
        for (var i = 0; i < size; i++)
            places[i] = new Place(clients[i % clients.Length], granted);
        var before = Heap.Bytes();
        foreach (var place in places)
            place.Ask();
        var bytes = (double)(Heap.Bytes() - before) / size;

        var nanoseconds = Handover(held, granted, Math.Min(Limit, size));
        for (var left = size; left > 0; left--)
        {
            held.Dequeue().Dispose();
            held.Enqueue(Next(granted).Take());
        }

        while (held.TryDequeue(out var lease))
            lease.Dispose();
        var snapshot = balancer.GetSnapshot();
        return new ScalePoint(scenario, size, nanoseconds, bytes, snapshot.InFlight == 0 && snapshot.Waiting == 0);
    }

    private static double Handover(Queue<SlotLease> held, Queue<Place> granted, int batch)
    {
        // Batches, of which the median counts: a collection of so large a heap, or another process, is nobody's handover.
        var times = new double[Batches];
        var next = new Place[batch];
        for (var k = -Warmup; k < Batches; k++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < batch; i++)
                held.Dequeue().Dispose();
            var elapsed = Stopwatch.GetElapsedTime(start);
            for (var i = 0; i < batch; i++)
            {
                next[i] = Next(granted);
                held.Enqueue(next[i].Take());
            }

            start = Stopwatch.GetTimestamp();
            foreach (var place in next)
                place.Ask();
            elapsed += Stopwatch.GetElapsedTime(start);
            if (k >= 0)
                times[k] = elapsed.TotalNanoseconds / batch;
        }

        Array.Sort(times);
        return times[Batches / 2];
    }

    private static Place Next(Queue<Place> granted)
    {
        var spin = default(SpinWait);
        while (true)
        {
            lock (granted)
            {
                if (granted.TryDequeue(out var place))
                    return place;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
