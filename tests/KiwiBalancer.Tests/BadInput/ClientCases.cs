using static KiwiBalancer.Tests.BadInput.BadInputCase;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>Clients, with and without a server.</summary>
internal static class ClientCases
{
    private const string Reconfigure = "IClientHandle.Reconfigure(options)";
    private const string Send = "IClientHandle<TRequest, TResponse>.SendAsync(request, cancellationToken)";
    private const string SendAll = "IClientHandle<TRequest, TResponse>.SendAllAsync(workload, options, cancellationToken)";
    private const string SendAllAtHand = "ClientHandleExtensions.SendAllAsync<TRequest, TResponse>(client, workload, options, cancellationToken)";
    private const string ForServer = "ClientHandleExtensions.For<TRequest, TResponse>(client, server, cost)";
    private const string ForDelegate = "ClientHandleExtensions.For<TRequest, TResponse>(client, process, cost)";

    public static IEnumerable<BadInputCase> All =>
    [
        .. new[] { 0, -5, 1_000_001, int.MinValue }.Select(weight => Range("IClientHandle.Weight =", "value", weight, "1 to 1000000", scene => scene.Client.Weight = weight)),
        .. OptionCases.OfClient(Reconfigure, "options", (scene, options) => scene.Client.Reconfigure(options)),
        Wrong(Reconfigure, "another name", "options", ["'a'", "'b'", "cannot change", "leave it out"], scene => scene.Client.Reconfigure(new() { Name = "b", Weight = 2 })),
        .. Costs("IClientHandle.TryAcquire(cost, lease)", (scene, cost) => scene.Client.TryAcquire(cost, out _)),
        .. Costs("IClientHandle.AcquireAsync(cost, cancellationToken)", (scene, cost) => _ = scene.Client.AcquireAsync(cost)),
        .. Costs("IClientHandle.AcquireOrRejectAsync(cost, cancellationToken)", (scene, cost) => _ = scene.Client.AcquireOrRejectAsync(cost)),
        .. Costs(Send, (scene, cost) => _ = scene.Bound.SendAsync(cost)),
        Null(SendAll, "workload", scene => scene.Bound.SendAllAsync((IAsyncEnumerable<int>)null!)),
        Range(SendAll, "options", 0, "MaxOutstanding must be 1 or more", scene => scene.Bound.SendAllAsync(AsyncEnumerable.Empty<int>(), new() { MaxOutstanding = 0 })),
        Null(SendAllAtHand, "client", _ => ((IClientHandle<int, int>)null!).SendAllAsync([1])),
        Null(SendAllAtHand, "workload", scene => scene.Bound.SendAllAsync((IEnumerable<int>)null!)),
        Null(ForServer, "client", scene => ((IClientHandle)null!).For(scene.Server)),
        Null(ForServer, "server", scene => scene.Client.For((IServer<int, int>)null!)),
        Foreign(ForServer, (scene, client) => client.For(scene.Server)),
        Null(ForDelegate, "client", _ => ((IClientHandle)null!).For<int, int>(static (_, _) => default)),
        Null(ForDelegate, "process", scene => scene.Client.For<int, int>((Func<int, CancellationToken, ValueTask<int>>)null!)),
        Foreign(ForDelegate, (_, client) => client.For<int, int>(static (_, _) => default)),
    ];

    public static IEnumerable<BadInputCase> Costs(string member, Action<BadInputScene, int> call) =>
        new[] { 0, -1, BadInputScene.Limit + 1, int.MaxValue, int.MinValue }.Select(cost =>
            Range(member, "cost", cost, $"1 to MaxCost, which is {BadInputScene.Limit}", scene => call(scene, cost)));

    public static BadInputCase Foreign(string member, Action<BadInputScene, IClientHandle> call) =>
        Wrong(member, "a handle of somebody else's", "client", [nameof(ForeignClient), "IBalancer.Register"], scene => call(scene, new ForeignClient()));
}
