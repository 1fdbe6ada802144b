using KiwiBalancer.Clients;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.DependencyInjection;

/// <summary>The check that the constructors make, said in the words of the options framework, with the name of the balancer.</summary>
internal sealed class OptionsValidator : IValidateOptions<KiwiBalancerOptions>
{
    public ValidateOptionsResult Validate(string? name, KiwiBalancerOptions options)
    {
        try
        {
            OptionsCheck.Check(options);
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException exception)
        {
            return ValidateOptionsResult.Fail($"The options of balancer '{options.Name}' are wrong. {exception.Message}");
        }
    }
}
