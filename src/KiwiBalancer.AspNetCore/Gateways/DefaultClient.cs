using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>Adds the client that unknown ones share to the balancer's options, so that the balancer follows it like any other, also when the configuration comes to name it.</summary>
internal sealed class DefaultClient(string balancer, IOptionsFactory<BalancerGatewayOptions> gateways) : IPostConfigureOptions<KiwiBalancerOptions>
{
    public void PostConfigure(string? name, KiwiBalancerOptions options)
    {
        if (name != balancer)
        {
            return;
        }

        try
        {
            var gateway = gateways.Create(balancer);
            if (gateway.UnknownClients != UnknownClients.Refuse)
            {
                options.Clients.TryAdd(gateway.DefaultClient, new BalancerClientOptions());
            }
        }
        catch (OptionsValidationException)
        {
            // WholeValidator says so, together with all that is wrong with the balancer's own options.
        }
    }
}
