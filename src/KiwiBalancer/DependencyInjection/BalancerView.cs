namespace KiwiBalancer.DependencyInjection;

/// <summary>A balancer's slots in front of one server.</summary>
internal sealed class BalancerView<TRequest, TResponse>(IBalancer slots, IServer<TRequest, TResponse> server) : IBalancer<TRequest, TResponse>
{
    public IBalancer Slots => slots;

    public IClientHandle<TRequest, TResponse> Register(BalancerClientOptions client) => slots.Register(client).For(server);
}
