using KiwiBalancer.Clients;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.DependencyInjection;

/// <summary>The check that the constructors make, said in the words of the options framework: every error at once, with the name of the balancer.</summary>
/// <remarks>Not a generated validator: its attributes would be a second set of rules beside the one that the constructors need anyway.</remarks>
internal sealed class OptionsValidator : IValidateOptions<KiwiBalancerOptions>
{
    public ValidateOptionsResult Validate(string? name, KiwiBalancerOptions options)
    {
        var problems = OptionsCheck.Problems(options).Select(problem => $"The options of balancer '{options.Name}' are wrong. {problem}").ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
