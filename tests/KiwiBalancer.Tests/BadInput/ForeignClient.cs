namespace KiwiBalancer.Tests.BadInput;

/// <summary>A handle that no balancer of the library made.</summary>
internal sealed class ForeignClient : IClientHandle
{
    public string Name => "foreign";

    public int Weight { get; set; }

    public int InFlight => 0;

    public int Waiting => 0;

    public int Available => 0;

    public void Reconfigure(BalancerClientOptions options) => throw new NotSupportedException();

    public bool TryAcquire(out SlotLease lease) => throw new NotSupportedException();

    public bool TryAcquire(int cost, out SlotLease lease) => throw new NotSupportedException();

    public ValueTask<SlotLease> AcquireAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<SlotLease> AcquireAsync(int cost, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<SlotLease> AcquireOrRejectAsync(int cost = 1, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;

    public void Dispose()
    {
    }
}
