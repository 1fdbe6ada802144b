using KiwiBalancer.Backlog;
using KiwiBalancer.Diagnostics;

namespace KiwiBalancer.Clients;

/// <summary>
/// What makes a lease one-shot: a generation that the first return moves on, so that a second return, or one by a stale copy, is noticed. Pooled, so that a lease allocates nothing.
/// </summary>
internal sealed class LeaseCell
{
    private static readonly Depot<LeaseCell> Depot = new(magazines: 64);

    // One in front, for this thread: a lease is most often given back where it was taken.
    [ThreadStatic]
    private static LeaseCell? _spare;

    [ThreadStatic]
    private static Spares<LeaseCell>? _spares;

    // Invariant: the generation of the lease that holds this cell, or of the next one. A 64-bit count does not come round.
    // Written by: whoever returns the lease, by a compare-exchange that only one can win; the winner has the cell to itself.
    // Order: a full fence, so that the next holder is seen with its own client.
    private long _generation;
    private ClientHandle? _client;
    private RequestObservation? _observation;

    public static SlotLease Rent(ClientHandle client, int cost)
    {
        var cell = _spare;
        if (cell is null)
        {
            cell = (_spares ?? Spares<LeaseCell>.TryMake(ref _spares, Depot))?.TryTake() ?? new LeaseCell();
        }
        else
        {
            _spare = null;
        }

        cell._client = client;
        return new SlotLease(cell, cell._generation, cost);
    }

    /// <summary>Tells telemetry when the lease is returned. Before the caller has it.</summary>
    public void EndsWith(RequestObservation observation) => _observation = observation;

    public bool IsHeld(long generation) => Volatile.Read(ref _generation) == generation;

    public void Return(long generation, int cost)
    {
        if (Interlocked.CompareExchange(ref _generation, generation + 1, generation) != generation)
        {
            return;
        }

        var client = _client!;
        var observation = _observation;
        _client = null;
        _observation = null;
        if (_spare is null)
        {
            _spare = this;
        }
        else
        {
            (_spares ?? Spares<LeaseCell>.TryMake(ref _spares, Depot))?.Give(this);
        }

        client.Release(cost);
        observation?.Completed();
    }
}
