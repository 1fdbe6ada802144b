using KiwiBalancer.Diagnostics;

namespace KiwiBalancer.Clients;

/// <summary>The orderly end of a balancer: close, let finish; at the deadline reject and cancel; then give up waiting, loudly.</summary>
internal sealed class Shutdown(ClientRegistry registry, BalancerMeter meter)
{
    /// <summary>How long cancelled requests have to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>More than this a timer cannot count; it is taken for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private readonly TaskCompletionSource _forced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Invariant: 0, then 1 for ever. Written by: whoever disposes, by exchange; who finds 0 does the work.
    private int _isEnding;
    private int _isForced;

    /// <summary>Ends when everything accepted has ended, or the grace is over.</summary>
    public Task Gently()
    {
        Begin();
        return _ended.Task;
    }

    public void ByForce()
    {
        Begin();
        Force();
    }

    private void Begin()
    {
        registry.Close();

        // The first disposal starts the one deadline; later ones wait with it. No lock: whoever is rejected at once may run code of the host in here.
        if (Interlocked.Exchange(ref _isEnding, 1) == 0)
        {
            _ = EndAsync();
        }
    }

    private async Task EndAsync()
    {
        try
        {
            await DrainAsync().ConfigureAwait(false);
            _ended.TrySetResult();
        }
        catch (Exception exception)
        {
            // A clock or a logger of the host's that throws is told to those who wait for the end.
            _ended.TrySetException(exception);
        }
        finally
        {
            registry.Engine.Loop.Dispose();
            meter.Remove(registry);
        }
    }

    private async Task DrainAsync()
    {
        var engine = registry.Engine;
        var drained = Task.WhenAll(registry.All.Select(client => client.WhenDrained()));
        var timeout = engine.Settings.ShutdownTimeout;
        try
        {
            await Task.WhenAny(drained, _forced.Task).WaitAsync(timeout > Longest ? Timeout.InfiniteTimeSpan : timeout, engine.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Said by what follows.
        }

        if (!drained.IsCompleted)
        {
            Force();
            try
            {
                await drained.WaitAsync(Grace, engine.TimeProvider).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                engine.Log.StillRunning(engine.Ledger.Read().InFlight, Grace.TotalSeconds);
            }
        }
    }

    private void Force()
    {
        if (Interlocked.Exchange(ref _isForced, 1) == 0)
        {
            var clients = registry.All.ToArray();
            var (waiting, inFlight) = (clients.Sum(client => client.Waiting), clients.Sum(client => client.InFlight));
            if (waiting + inFlight > 0)
            {
                registry.Engine.Log.ShutdownForced(waiting, inFlight);
            }

            // All are told to go before any gives up anything: it would start requests of those that were not told yet.
            foreach (var client in clients)
            {
                client.RejectAll(RejectionReason.BalancerClosed);
            }

            registry.Engine.Loop.Run(registry.Engine.NowOrLast());
            foreach (var client in clients)
            {
                client.CancelAll();
            }

            _forced.TrySetResult();
        }
    }
}
