using System.Diagnostics;

namespace KiwiBalancer.Lab.Scale;

/// <summary>Many registered clients, sixteen of which send, one request at a time to a server that answers at once.</summary>
internal static class IdleClients
{
    private const int Senders = 16;
    private const int Requests = 100_000;
    private const int Rounds = 15;

    public static async Task<IReadOnlyList<ScalePoint>> PlayAsync(IReadOnlyList<int> sizes)
    {
        var balancers = new WeightedBalancer[sizes.Count];
        var bytes = new double[sizes.Count];
        var senders = new IClientHandle<int, int>[sizes.Count][];
        for (var i = 0; i < sizes.Count; i++)
        {
            string[] names = [.. Enumerable.Range(0, sizes[i]).Select(n => $"client {n}")];
            var balancer = balancers[i] = new WeightedBalancer(64);
            var before = Heap.Bytes();
            foreach (var name in names)
                balancer.Register(name);
            bytes[i] = (double)(Heap.Bytes() - before) / sizes[i];
            senders[i] = [.. Enumerable.Range(0, Senders).Select(n => Sender(balancer, (int)((long)n * sizes[i] / Senders)))];
            GC.KeepAlive(names);
        }

        var times = new double[sizes.Count, Rounds];
        for (var round = -3; round < Rounds; round++)
        {
            for (var i = 0; i < sizes.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await SendAsync(senders[i]);
                if (round >= 0)
                    times[i, round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Requests;
            }
        }

        List<ScalePoint> points = [];
        for (var i = 0; i < sizes.Count; i++)
        {
            // The ratios of one round, times the median of the first: what else the machine did in that round has met all sizes alike.
            var first = Median(round => times[0, round]);
            var ratio = Median(round => times[i, round] / times[0, round]);
            points.Add(new ScalePoint("idle-clients", sizes[i], first * ratio, bytes[i], balancers[i].GetSnapshot().InFlight == 0));
            balancers[i].Dispose();
        }

        return points;
    }

    private static IClientHandle<int, int> Sender(WeightedBalancer balancer, int n) =>
        balancer.TryGetClient($"client {n}", out var client) ? client.For<int, int>(static (request, _) => new ValueTask<int>(request)) : throw new InvalidOperationException($"There is no client {n}.");

    // In short calls, so that the loop is compiled for good.
    private static async Task SendAsync(IClientHandle<int, int>[] senders)
    {
        for (var i = 0; i < Requests; i += 1_000)
            await SendSomeAsync(senders, 1_000);
    }

    private static async Task SendSomeAsync(IClientHandle<int, int>[] senders, int requests)
    {
        for (var i = 0; i < requests; i++)
            await senders[i % Senders].SendAsync(i);
    }

    private static double Median(Func<int, double> number) => Enumerable.Range(0, Rounds).Select(number).Order().ElementAt(Rounds / 2);
}
