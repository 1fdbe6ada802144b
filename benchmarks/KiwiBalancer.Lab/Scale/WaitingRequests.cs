using System.Diagnostics;

namespace KiwiBalancer.Lab.Scale;

/// <summary>
/// Many requests that wait, of a client each or all of one, while eight slots are handed on: each time one is given back, which grants the next, a new request takes the place in the backlog of the one that was granted.
/// </summary>
internal static class WaitingRequests
{
    private const int Limit = 8;
    private const int Handovers = 40_000;
    private const int Parts = 8;

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

        // Some parts, of which the median counts: a collection of so large a heap is nobody's handover.
        var times = new double[Parts];
        for (var part = -1; part < Parts; part++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Handovers / Parts; i++)
            {
                held.Dequeue().Dispose();
                var place = Next(granted);
                held.Enqueue(place.Take());
                place.Ask();
            }

            if (part >= 0)
                times[part] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / (Handovers / Parts);
        }

        for (var left = size; left > 0; left--)
        {
            held.Dequeue().Dispose();
            held.Enqueue(Next(granted).Take());
        }

        while (held.TryDequeue(out var lease))
            lease.Dispose();
        var snapshot = balancer.GetSnapshot();
        Array.Sort(times);
        return new ScalePoint(scenario, size, times[Parts / 2], bytes, snapshot.InFlight == 0 && snapshot.Waiting == 0);
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
