using KiwiBalancer.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Lets the calls of an <see cref="HttpClient"/> go through a balancer.</summary>
public static class KiwiBalancerHttpClientBuilderExtensions
{
    /// <summary>
    /// Each call of this <see cref="HttpClient"/> waits for a slot before it is sent, and holds it until the response's body has been read to its end or the response is disposed. Handlers that were added before stand outside:
    /// add a resilience handler first, and each of its attempts takes a slot of its own.
    /// </summary>
    /// <remarks>
    /// A call fails with <see cref="BalancerRejectedException"/> when it is rejected, with <see cref="OperationCanceledException"/> when it is cancelled or the <see cref="HttpClient.Timeout"/> passes while it waits, and with
    /// <see cref="InvalidOperationException"/> when the balancer has no such client. <see cref="HttpClient.Send(HttpRequestMessage)"/> waits on the caller's own thread.
    /// </remarks>
    /// <param name="builder">The client's builder.</param>
    /// <param name="balancer">The balancer's name; empty for the default one.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The client's builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="balancer"/> is null.</exception>
    public static IHttpClientBuilder AddKiwiBalancer(this IHttpClientBuilder builder, string balancer = "", Action<BalancedHttpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(balancer);
        var name = builder.Name;

        // Calls may go through two balancers, one after another; each has options of its own.
        var optionsName = balancer.Length == 0 ? name : $"{name}/{balancer}";
        if (configure is not null)
        {
            builder.Services.Configure(optionsName, configure);
        }

        return builder.AddHttpMessageHandler(services => new BalancingHandler(
            balancer.Length == 0 ? services.GetRequiredService<IBalancer>() : services.GetRequiredKeyedService<IBalancer>(balancer),
            name,
            services.GetRequiredService<IOptionsMonitor<BalancedHttpOptions>>().Get(optionsName)));
    }
}
