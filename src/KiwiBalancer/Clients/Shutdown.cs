namespace KiwiBalancer.Clients;

/// <summary>The orderly end of a balancer: close, let finish; at the deadline reject and cancel; then give up waiting, loudly.</summary>
internal sealed class Shutdown(ClientRegistry registry)
{
    /// <summary>How long cancelled requests have to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _forced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Task? _ending;
    private int _isForced;

    /// <summary>Ends when everything accepted has ended, or the grace is over.</summary>
    public Task Gently()
    {
        registry.Close();
        lock (_lock)
        {
            // The first disposal starts the one deadline; later ones wait with it.
            return _ending ??= EndAsync();
        }
    }

    public void ByForce()
    {
        registry.Close();
        lock (_lock)
        {
            _ending ??= EndAsync();
        }

        Force();
    }

    private async Task EndAsync()
    {
        var engine = registry.Engine;
        var drained = Task.WhenAll(registry.All.Select(client => client.WhenDrained()));
        try
        {
            await Task.WhenAny(drained, _forced.Task).WaitAsync(engine.Settings.ShutdownTimeout, engine.TimeProvider).ConfigureAwait(false);
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

        engine.Loop.Dispose();
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

            foreach (var client in clients)
            {
                client.Force(RejectionReason.BalancerClosed);
            }

            _forced.TrySetResult();
        }
    }
}
