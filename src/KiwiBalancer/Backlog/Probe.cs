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
        if (!word.IsGated)
        {
            // Opened since the door refused; or there is no room, and then it refuses again.
            return client.TryTake(cost);
        }

        if (!word.Fits(cost) || client.Waiting > 0 || client.InFlight + (long)cost > client.MaxInFlight)
        {
            return false;
        }

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
