using System.Diagnostics;
using KiwiBalancer.Workloads;

namespace KiwiBalancer.Clients;

/// <summary>A client together with the server its requests go to.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class BoundClientHandle<TRequest, TResponse>(ClientHandle client, IServer<TRequest, TResponse> server, Func<TRequest, int>? cost) : IClientHandle<TRequest, TResponse>, IBoundClient
{
    public ClientHandle Client => client;

    public string Name => client.Name;

    public int Weight
    {
        get => client.Weight;
        set => client.Weight = value;
    }

    public int InFlight => client.InFlight;

    public int Waiting => client.Waiting;

    public int Available => client.Available;

    public ValueTask<TResponse> SendAsync(TRequest request, CancellationToken cancellationToken = default) =>
        RequestRunner.Run<ServerWork<TRequest, TResponse>, TResponse>(client, CostOf(request), new(server, request), cancellationToken);

    public IAsyncEnumerable<SendResult<TRequest, TResponse>> SendAllAsync(IAsyncEnumerable<TRequest> workload, SendAllOptions? options = null, CancellationToken cancellationToken = default) =>
        new Workload<TRequest, TResponse>(this, workload, options, cancellationToken);

    /// <summary>Sends one request of a workload. What the door refuses is thrown here and now; everything else is in the task.</summary>
    public ValueTask<TResponse> SendOfWorkload(TRequest request, CallTokens tokens) =>
        RequestRunner.RunOfWorkload<ServerWork<TRequest, TResponse>, TResponse>(client, CostOf(request), new(server, request), tokens);

    public void Reconfigure(BalancerClientOptions options) => client.Reconfigure(options);

    public bool TryAcquire(out SlotLease lease) => client.TryAcquire(out lease);

    public bool TryAcquire(int cost, out SlotLease lease) => client.TryAcquire(cost, out lease);

    public ValueTask<SlotLease> AcquireAsync(CancellationToken cancellationToken = default) => client.AcquireAsync(cancellationToken);

    public ValueTask<SlotLease> AcquireAsync(int cost, CancellationToken cancellationToken = default) => client.AcquireAsync(cost, cancellationToken);

    public ValueTask<SlotLease> AcquireOrRejectAsync(int cost = 1, CancellationToken cancellationToken = default) => client.AcquireOrRejectAsync(cost, cancellationToken);

    public ValueTask DisposeAsync() => client.DisposeAsync();

    public void Dispose() => client.Dispose();

    /// <inheritdoc/>
    public override string ToString() => client.ToString();

    private int CostOf(TRequest request) => cost is null ? 1 : cost(request);
}
