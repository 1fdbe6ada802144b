using Microsoft.Extensions.Options;

namespace KiwiBalancer.Redis.DependencyInjection;

/// <summary>The check that the constructor makes, said in the words of the options framework.</summary>
internal sealed class RedisLimitOptionsValidator : IValidateOptions<RedisLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisLimitOptions options)
    {
        var problems = RedisLimitCheck.Problems(options).Select(problem => $"The Redis limit of {(string.IsNullOrEmpty(name) ? "the balancer" : $"balancer '{name}'")} is set up wrongly. {problem}").ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
