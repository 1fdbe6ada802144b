using KiwiBalancer.Clients;

namespace KiwiBalancer.Backlog;

/// <summary>
/// <c>TryAcquire</c> behind a closed gate: a slot may be free all the same (the waiters are too wide for the limit, or the owner is about to open), and only the owner can tell. The probe is a waiter that is
/// granted when the owner reads it, or leaves.
/// </summary>
internal static class Probe
{
    /// <summary>Takes slots if the owner, as a rule this thread, grants them at once.</summary>
    public static bool TryTake(ClientHandle client, int cost)
    {
        var word = client.Engine.Ledger.Read();
        if (!word.Fits(cost) || client.InFlight + (long)cost > client.MaxInFlight)
        {
            return false;
        }

        if (!word.IsGated && client.Waiting == 0)
        {
            // Opened since the door refused.
            return client.TryTake(cost);
        }

        // Somebody waits, this client's or another's, and only the owner knows whether for these slots.
        var waiter = Waiter.Enqueue(client, cost, WaiterKind.Probe, CancellationToken.None);

        // Another owner is at work: it needs no more than moments, and if they are not enough the answer is no.
        var spin = default(SpinWait);
        while (waiter.State == WaiterState.Waiting && !spin.NextSpinWillYield)
        {
            spin.SpinOnce();
        }

        if (waiter.State == WaiterState.Waiting)
        {
            waiter.TryCancel(waiter.EnqueuedAt);
        }

        var state = waiter.State;
        if (state == WaiterState.Rejected)
        {
            client.WaiterLeft();
        }

        waiter.LetGo();
        return state == WaiterState.Granted;
    }
}
