using KiwiBalancer.Backlog;
using KiwiBalancer.Diagnostics;

namespace KiwiBalancer.Clients;

/// <summary>Requests for slots that the caller gives back by hand.</summary>
internal static class LeaseRequests
{
    public static bool TryAcquire(ClientHandle client, int cost, out SlotLease lease)
    {
        client.CheckCost(cost);
        var observation = client.Telemetry.IsObserved ? new RequestObservation(client, cost) : null;
        if (!client.TryTake(cost) && !Probe.TryTake(client, cost))
        {
            client.Engine.Refused(cost);
            lease = default;
            return false;
        }

        lease = LeaseCell.Rent(client, cost);
        if (observation is not null)
        {
            observation.Granted();
            lease.EndsWith(observation);
        }

        return true;
    }

    public static ValueTask<SlotLease> Acquire(ClientHandle client, int cost, WaiterKind kind, CancellationToken cancellationToken)
    {
        client.CheckCost(cost);
        if (cancellationToken.IsCancellationRequested)
        {
            client.ThrowIfClosed();
            return ValueTask.FromCanceled<SlotLease>(cancellationToken);
        }

        return client.Telemetry.IsObserved ? ObservedRequests.Acquire(client, cost, kind, cancellationToken) : TakeOrWait(client, cost, kind, cancellationToken);
    }

    public static ValueTask<SlotLease> TakeOrWait(ClientHandle client, int cost, WaiterKind kind, CancellationToken cancellationToken) => client.TryTake(cost)
        ? new ValueTask<SlotLease>(LeaseCell.Rent(client, cost))
        : Waiter.Enqueue(client, cost, kind, cancellationToken).AsLeaseTask();
}
