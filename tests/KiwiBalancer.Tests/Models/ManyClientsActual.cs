using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Models;

/// <summary>Several clients by the public API, and every request of theirs, so that what the library says of each client can be counted.</summary>
internal sealed class ManyClientsActual : IDisposable
{
    private readonly Balancer _balancer;
    private readonly IClientHandle[] _clients;
    private readonly List<(int Client, Pending Request, CancellationTokenSource Source)> _open = [];

    public ManyClientsActual(BalancerStrategy strategy, int limit, int clients)
    {
        _balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = limit });
        _clients = [.. Enumerable.Range(0, clients).Select(i => _balancer.Register($"client {i}", i + 1))];
    }

    public BalancerSnapshot Snapshot => _balancer.GetSnapshot();

    /// <summary>Each client's slots and waiting requests, counted by its requests.</summary>
    public IEnumerable<(int InFlight, int Waiting)> Counted => _clients.Select((_, client) => (
        _open.Count(open => open.Client == client && open.Request.IsHeld),
        _open.Count(open => open.Client == client && !open.Request.IsAnswered)));

    public IEnumerable<(int InFlight, int Waiting)> Said => _clients.Select(client => (client.InFlight, client.Waiting));

    public void Acquire(int client)
    {
        var source = new CancellationTokenSource();
        _open.Add((client, Pending.Of(_clients[client], token: source.Token), source));
    }

    public bool TryAcquire(int client)
    {
        var isTaken = _clients[client].TryAcquire(out var lease);
        if (isTaken)
        {
            _open.Add((client, new Pending(new ValueTask<SlotLease>(lease)), new CancellationTokenSource()));
        }

        return isTaken;
    }

    /// <returns>Whether there was one.</returns>
    public bool Release(int number) => End(open => open.IsHeld, number, (request, _) => request.Release());

    /// <returns>Whether there was one.</returns>
    public bool Cancel(int number) => End(open => !open.IsAnswered, number, (_, source) => source.Cancel());

    public void SetLimit(int limit) => _balancer.Limit = limit;

    public void SetWeight(int client, int weight) => _clients[client].Weight = weight;

    public void Dispose()
    {
        _balancer.Limit = int.MaxValue;
        while (Release(0))
        {
        }

        Assert.Empty(_open);
        Integrity.Check(_balancer);
        _balancer.Dispose();
    }

    private bool End(Func<Pending, bool> which, int number, Action<Pending, CancellationTokenSource> end)
    {
        var those = _open.Where(open => which(open.Request)).ToArray();
        if (those.Length > 0)
        {
            var chosen = those[number % those.Length];
            _open.Remove(chosen);
            end(chosen.Request, chosen.Source);
            chosen.Source.Dispose();
        }

        return those.Length > 0;
    }
}
