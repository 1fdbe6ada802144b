using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>A balancer's options are right only if those of its gateway are: so a start names all errors at once, and a bad reload of either part changes neither.</summary>
internal sealed class WholeValidator(string balancer, IOptionsFactory<BalancerGatewayOptions> gateways) : IValidateOptions<KiwiBalancerOptions>
{
    public ValidateOptionsResult Validate(string? name, KiwiBalancerOptions options)
    {
        if (name != balancer)
        {
            return ValidateOptionsResult.Skip;
        }

        try
        {
            var strangers = gateways.Create(balancer).Clients.Where(client => client.Value.ApiKeys.Count > 0 && !options.Clients.ContainsKey(client.Key))
                .Select(client => $"The options of gateway '{options.Name}' are wrong. Clients['{client.Key}'] has API keys, but the balancer has no such client; add it to the balancer's Clients, or with AddClient.")
                .ToArray();
            return strangers.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(strangers);
        }
        catch (OptionsValidationException exception)
        {
            return ValidateOptionsResult.Fail(exception.Failures.Select(problem => $"The options of gateway '{options.Name}' are wrong. {problem}"));
        }
    }
}
