namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>Ours: one balancer, and clients whose weights are 1 to 10. With more than 64 clients each caller goes round among them, so that 64 callers keep them all busy.</summary>
public sealed class KiwiBalanced : IDisposable
{
    private const int Callers = 64;

    private readonly WeightedBalancer _balancer;

    public KiwiBalanced(int limit, int clients)
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = limit, MaxQueueLength = int.MaxValue });
        Clients = [.. Enumerable.Range(0, clients).Select(i => _balancer.Register($"client {i}", weight: 1 + (i % 10)))];
        Bound = [.. Clients.Select(client => client.For<Work?, int>(static (work, token) => work is null ? default : work.RunAsync(token)))];
    }

    public IClientHandle[] Clients { get; }

    public IClientHandle<Work?, int>[] Bound { get; }

    /// <summary>In whose name a caller sends its next request.</summary>
    public static T Next<T>(T[] clients, int caller, int request) => clients[clients.Length == 1 ? 0 : (caller + (request * Callers)) % clients.Length];

    public void Dispose() => _balancer.Dispose();
}
