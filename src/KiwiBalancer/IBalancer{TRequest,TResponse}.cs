namespace KiwiBalancer;

/// <summary>A balancer bound to a server, for dependency injection: a view that does not own the slots.</summary>
/// <typeparam name="TRequest">What is sent to the server.</typeparam>
/// <typeparam name="TResponse">What the server answers.</typeparam>
public interface IBalancer<TRequest, TResponse>
{
    /// <summary>The balancer whose slots this view uses. Two views on one balancer share its limit.</summary>
    IBalancer Slots { get; }

    /// <summary>Registers a client whose requests go to the server. See <see cref="IBalancer.Register"/>.</summary>
    /// <param name="client">The client's name, weight and bounds.</param>
    /// <returns>The client's handle.</returns>
    IClientHandle<TRequest, TResponse> Register(BalancerClientOptions client);
}
