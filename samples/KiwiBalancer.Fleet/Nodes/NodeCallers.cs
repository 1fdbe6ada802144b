using System.Diagnostics;
using System.Net;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>The callers of a node: each sends one request after another through the balancer.</summary>
internal sealed class NodeCallers(NodeOptions options, IClientHandle client, RedisLimit lease, LeaseLosses losses, ServerConnection server)
{
    private readonly Lock _lock = new();
    private readonly List<Task> _callers = [];
    private readonly long _margin = options.Times.Margin * Stopwatch.Frequency / 1_000;
    private Action _stop = static () => { };
    private long _granted;
    private long _ended;
    private long _answered;
    private long _dropped;
    private long _late;
    private long _broke;

    /// <summary>So many from now on; what runs runs on.</summary>
    public void Set(int count)
    {
        lock (_lock)
        {
            _stop();
            var stop = new CancellationTokenSource();
            CancellationToken token = stop.Token;
            _stop = stop.Cancel;
            for (int i = 0; i < count; i++)
            {
                _callers.Add(Task.Run(() => CallAsync(token), CancellationToken.None));
            }
        }
    }

    /// <summary>No more; waits for what runs.</summary>
    public Task StopAsync()
    {
        Set(0);
        lock (_lock)
        {
            return Task.WhenAll(_callers);
        }
    }

    public NodeState Read(int limit, long reports)
    {
        RedisLimitStatus status = lease.Status;
        long ended = Volatile.Read(ref _ended);
        return new NodeState(
            status.Slots, client.InFlight, client.Waiting, limit, Volatile.Read(ref _granted), ended, Volatile.Read(ref _answered), Volatile.Read(ref _dropped), Volatile.Read(ref _late),
            Volatile.Read(ref _broke), reports, status.IsLeased);
    }

    private async Task CallAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await CallOnceAsync(stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or BalancerRejectedException)
        {
            // Stopped, or the balancer was.
        }
    }

    private async Task CallOnceAsync(CancellationToken stop)
    {
        int before = losses.Count;
        using SlotLease slot = await client.AcquireAsync(stop);
        Interlocked.Increment(ref _granted);
        try
        {
            // This process may have been stopped between the grant and this line, for so long that the slot is another's by now.
            long now = Stopwatch.GetTimestamp();
            if (!lease.Status.IsLeased || losses.Count != before)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            // And it may be stopped from here to the first byte. So the request says until when it may start: the lease lives now, and the engine counts it for a margin longer.
            var hold = TimeSpan.FromMilliseconds(options.Least + ((options.Most - options.Least) * Random.Shared.NextDouble()));
            await server.ProcessAsync(new WorkRequest(0, options.Client, 1, hold) { StartBy = now + _margin }, CancellationToken.None);
            Interlocked.Increment(ref _answered);
        }
        catch (HttpRequestException e)
        {
            if (e.StatusCode == HttpStatusCode.Gone)
            {
                Interlocked.Increment(ref _late);
            }
            else if (e.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Interlocked.Increment(ref _broke);
            }
        }
        finally
        {
            Interlocked.Increment(ref _ended);
        }
    }
}
