using KiwiBalancer.Clients;

namespace KiwiBalancer;

/// <summary>Shorter ways to register a client.</summary>
public static class BalancerExtensions
{
    /// <summary>Registers a client by name and weight. See <see cref="IBalancer.Register"/>.</summary>
    /// <param name="balancer">The balancer.</param>
    /// <param name="name">The client's name; null gives it one.</param>
    /// <param name="weight">The client's relative claim, 1 to 1,000,000.</param>
    /// <returns>The client's handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="balancer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or a live client has it already.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is outside its range.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    public static IClientHandle Register(this IBalancer balancer, string? name, int weight = 1)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        OptionsCheck.CheckName(name);
        OptionsCheck.CheckWeight(weight, nameof(weight));
        return balancer.Register(new BalancerClientOptions { Name = name, Weight = weight });
    }

    /// <summary>Registers a client by name and weight. See <see cref="IBalancer.Register"/>.</summary>
    /// <typeparam name="TRequest">What is sent to the server.</typeparam>
    /// <typeparam name="TResponse">What the server answers.</typeparam>
    /// <param name="balancer">The balancer.</param>
    /// <param name="name">The client's name; null gives it one.</param>
    /// <param name="weight">The client's relative claim, 1 to 1,000,000.</param>
    /// <returns>The client's handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="balancer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or a live client has it already.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is outside its range.</exception>
    /// <exception cref="ObjectDisposedException">Disposal began.</exception>
    public static IClientHandle<TRequest, TResponse> Register<TRequest, TResponse>(this IBalancer<TRequest, TResponse> balancer, string? name, int weight = 1)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        OptionsCheck.CheckName(name);
        OptionsCheck.CheckWeight(weight, nameof(weight));
        return balancer.Register(new BalancerClientOptions { Name = name, Weight = weight });
    }
}
