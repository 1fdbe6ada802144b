using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Support;

/// <summary>
/// Closed-loop clients on a real balancer and a virtual clock, on one thread: each keeps so many requests outstanding, a granted one holds its slot for so long, then another is sent.
/// </summary>
internal sealed class VirtualLoad(IBalancer balancer, FakeTimeProvider clock)
{
    private readonly List<VirtualClient> _clients = [];
    private readonly PriorityQueue<(VirtualClient Client, SlotLease Lease), (double Time, long Order)> _running = new();
    private long _order;

    /// <summary>Virtual seconds since the start.</summary>
    public double Now { get; private set; }

    /// <summary>Called after each event, when everything that could be granted has been.</summary>
    public Action? AfterEvent { get; set; }

    public VirtualClient Add(string name, int weight, int outstanding, Func<double> duration)
    {
        var client = new VirtualClient(balancer.Register(name, weight), outstanding, duration);
        _clients.Add(client);
        client.Send();
        Collect();
        return client;
    }

    /// <summary>Plays until <paramref name="time"/>.</summary>
    public void RunUntil(double time)
    {
        Collect();
        while (_running.TryPeek(out var next, out var due) && due.Time <= time)
        {
            _running.Dequeue();
            MoveTo(due.Time);
            next.Lease.Dispose();
            next.Client.Ended();
            Collect();
            AfterEvent?.Invoke();
        }

        MoveTo(time);
    }

    private void Collect()
    {
        foreach (var client in _clients)
        {
            while (client.TryTakeGranted(out var lease))
            {
                _running.Enqueue((client, lease), (Now + client.Duration(), _order++));
            }
        }
    }

    private void MoveTo(double time)
    {
        var passed = TimeSpan.FromSeconds(time - Now);
        Now = time;
        if (passed > TimeSpan.Zero)
        {
            clock.Advance(passed);
        }
    }
}
