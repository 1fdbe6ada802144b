namespace KiwiBalancer.Tests.Support;

/// <summary>A client of <see cref="VirtualLoad"/>.</summary>
internal sealed class VirtualClient(IClientHandle handle, int outstanding, Func<double> duration)
{
    // The value tasks themselves, not tasks made of them: those would complete on another thread, some time later.
    private readonly Queue<ValueTask<SlotLease>> _sent = new();
    private int _outstanding;

    public IClientHandle Handle { get; } = handle;

    public int InFlight => Handle.InFlight;

    public int Served { get; private set; }

    public int Rejected { get; private set; }

    /// <summary>How many requests to keep outstanding; 0: no more are sent.</summary>
    public int Target { get; set; } = outstanding;

    public double Duration() => duration();

    public void Send()
    {
        while (_outstanding < Target)
        {
            _outstanding++;
            _sent.Enqueue(Handle.AcquireOrRejectAsync());
        }
    }

    public void Ended()
    {
        Served++;
        _outstanding--;
        Send();
    }

    /// <summary>Takes the next grant, if there is one; requests of one client are granted in order, so only the first can be.</summary>
    public bool TryTakeGranted(out SlotLease lease)
    {
        while (_sent.TryPeek(out var first) && first.IsCompleted)
        {
            lease = _sent.Dequeue().Result;
            if (lease.IsHeld)
            {
                return true;
            }

            Rejected++;
            _outstanding--;
        }

        lease = default;
        return false;
    }
}
