using System.Collections.Concurrent;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Models;

/// <summary>The same as <see cref="RaceModel"/>, by the public API, its steps taken by several threads at once. The later requests come from as many clients as there are.</summary>
internal sealed class RaceActual
{
    private readonly Balancer _balancer;
    private readonly IClientHandle[] _clients;
    private readonly Pending[] _first;
    private readonly SlotLease[] _held;
    private readonly bool[] _areReleased;
    private readonly ConcurrentBag<Pending> _others = [];
    private readonly Lock _finishing = new();
    private bool _isFinished;

    /// <param name="strategy">The strategy.</param>
    /// <param name="limit">The limit at the start, all of it held.</param>
    /// <param name="waiting">How many wait at the start, all of the first client.</param>
    /// <param name="clients">How many clients send.</param>
    public RaceActual(BalancerStrategy strategy, int limit, int waiting, int clients)
    {
        _balancer = NewBalancer.Of(strategy, new KiwiBalancerOptions { Limit = limit });
        _clients = [.. Enumerable.Range(0, clients).Select(i => _balancer.Register($"client {i}", i + 1))];
        _first = [.. Enumerable.Range(0, limit + waiting).Select(_ => Pending.Of(_clients[0]))];
        _held = [.. _first.Take(limit).Select(request => request.Lease)];
        _areReleased = new bool[_first.Length];
    }

    public void Acquire(int client) => _others.Add(Pending.Of(_clients[client % _clients.Length]));

    public void Release(int request)
    {
        if (request < _held.Length)
        {
            _held[request].Dispose();
            Volatile.Write(ref _areReleased[request], true);
        }
    }

    public void SetLimit(int limit) => _balancer.Limit = limit;

    public void SetWeight(int client, int weight) => _clients[client % _clients.Length].Weight = weight;

    /// <summary>
    /// Whether all has come to rest where one order of the steps would have brought it; then it is finished too. Orders are compared by several threads at once.
    /// </summary>
    public bool IsLike(RaceModel model, bool isOrdered)
    {
        lock (_finishing)
        {
            if (!_isFinished && IsNow(model, isOrdered))
            {
                _isFinished = true;
                Finish();
            }

            return _isFinished;
        }
    }

    private bool IsNow(RaceModel model, bool isOrdered)
    {
        var snapshot = _balancer.GetSnapshot();
        return (snapshot.Limit, snapshot.InFlight, snapshot.Waiting) == (model.Limit, model.InFlight, model.Waiting) && (!isOrdered || Fates().SequenceEqual(model.First));
    }

    /// <summary>At rest the clients' numbers add up to the balancer's, and to the requests there are; and when all is given back nothing is left.</summary>
    private void Finish()
    {
        var snapshot = _balancer.GetSnapshot();
        var all = _first.Concat(_others).ToArray();
        Assert.Equal(snapshot.InFlight, snapshot.Clients.Sum(client => client.InFlight));
        Assert.Equal(snapshot.InFlight, all.Count(request => request.IsHeld));
        Assert.Equal(snapshot.Waiting, all.Count(request => !request.IsAnswered));
        _balancer.Limit = int.MaxValue;
        Pending.Finish(all);
        Integrity.Check(_balancer);
        _balancer.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var snapshot = _balancer.GetSnapshot();
        return $"{snapshot.InFlight} of {snapshot.Limit}, {snapshot.Waiting} waiting, first {string.Join(' ', Fates())}";
    }

    private IEnumerable<Fate> Fates() => _first.Select((request, i) => request switch
    {
        { IsAnswered: false } => Fate.Waiting,
        { IsHeld: true } => Fate.Held,
        _ => Fate.Released,
    });
}
