using KiwiBalancer.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>The rules for a gateway's options; every error at once. No message shows a key.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<BalancerGatewayOptions>
{
    private static readonly TimeSpan LongestIdle = TimeSpan.FromDays(24);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, BalancerGatewayOptions options)
    {
        string[] problems = [.. Sources(options), .. Unknown(options), .. Visitors(options), .. Keys(options), .. Answers(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Sources(BalancerGatewayOptions options)
    {
        (string Option, bool IsSet, bool IsEmpty)[] sources =
        [
            Source(nameof(options.ClientHeader), options.ClientHeader),
            Source(nameof(options.ClientClaim), options.ClientClaim),
            Source(nameof(options.ClientRouteValue), options.ClientRouteValue),
            Source(nameof(options.ApiKeyHeader), options.ApiKeyHeader),
            (nameof(options.SelectClient), options.SelectClient is not null, false),
        ];
        var set = sources.Where(source => source.IsSet).Select(source => source.Option).ToArray();
        if (set.Length > 1)
        {
            yield return $"{string.Join(" and ", set)} are set; a request's client can be told by one of them only.";
        }

        foreach (var (option, _, _) in sources.Where(source => source.IsEmpty))
        {
            yield return $"{option} is empty; give a name or leave it out.";
        }

        if (set.Length == 0 && options.UnknownClients != UnknownClients.ShareDefault)
        {
            yield return $"UnknownClients is {options.UnknownClients}, but nothing says which client a request belongs to, so all would be unknown; set ClientHeader, ClientClaim, ClientRouteValue, ApiKeyHeader or SelectClient.";
        }
    }

    private static IEnumerable<string> Unknown(BalancerGatewayOptions options) =>
    [
        .. Unless(Enum.IsDefined(options.UnknownClients), $"UnknownClients is {options.UnknownClients}; it must be one of {string.Join(", ", Enum.GetNames<UnknownClients>())}."),
        .. Unless(options.UnknownClients != UnknownClients.Register || options.ApiKeyHeader is null, "UnknownClients is Register, but clients are told by API keys, and a key that nobody knows is no name; use ShareDefault or Refuse."),
        .. Unless(!string.IsNullOrWhiteSpace(options.DefaultClient), "DefaultClient must not be empty."),
    ];

    private static IEnumerable<string> Visitors(BalancerGatewayOptions options) =>
    [
        .. Unless(options.MaxVisitors >= 1, $"MaxVisitors is {options.MaxVisitors}; it must be 1 or more."),
        .. Unless(options.VisitorIdleTimeout > TimeSpan.Zero && options.VisitorIdleTimeout <= LongestIdle, $"VisitorIdleTimeout is {options.VisitorIdleTimeout}; it must be more than zero, and at most {LongestIdle.TotalDays} days."),
        .. Unless(options.Visitor?.Name is null, "Visitor.Name must be left out; a visitor is named by its requests."),
        .. VisitorProblems(options.Visitor),
    ];

    // The balancer has these rules; it is asked with a throw-away balancer rather than told them twice.
    private static IEnumerable<string> VisitorProblems(BalancerClientOptions? visitor)
    {
        if (visitor is null)
        {
            yield return "Visitor must not be null.";
            yield break;
        }

        using var balancer = new WeightedBalancer(1);
        string? problem = null;
        try
        {
            balancer.Register("visitor").Reconfigure(new BalancerClientOptions
            {
                Weight = visitor.Weight, MaxInFlight = visitor.MaxInFlight, MaxQueueLength = visitor.MaxQueueLength, QueueTimeout = visitor.QueueTimeout,
            });
        }
        catch (ArgumentException exception)
        {
            problem = $"Visitor is wrong: {exception.Message}";
        }

        if (problem is not null)
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Keys(BalancerGatewayOptions options)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (client, own) in options.Clients)
        {
            foreach (var key in own?.ApiKeys ?? [])
            {
                if (string.IsNullOrWhiteSpace(key) || key.Length > ApiKeys.MaxLength)
                {
                    yield return $"Clients['{client}'].ApiKeys has a key of {key?.Length ?? 0} characters; it must have 1 to {ApiKeys.MaxLength}, and not be blank.";
                }
                else if (!owners.TryAdd(key, client))
                {
                    yield return $"Clients['{client}'].ApiKeys has a key that '{owners[key]}' has as well; a key tells one client.";
                }
            }
        }

        if (owners.Count > 0 && options.ApiKeyHeader is null)
        {
            yield return "Clients have ApiKeys, but ApiKeyHeader does not say which header carries them.";
        }
    }

    private static IEnumerable<string> Answers(BalancerGatewayOptions options) =>
    [
        .. Unless(options.RejectionStatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests, $"RejectionStatusCode is {options.RejectionStatusCode}; it must be 503 or 429."),
        .. Unless(options.RetryAfter >= TimeSpan.FromSeconds(1) && options.RetryAfter <= LongestRetry, $"RetryAfter is {options.RetryAfter}; it must be a second to a day."),
    ];

    private static (string Option, bool IsSet, bool IsEmpty) Source(string option, string? value) => (option, value is not null, value is not null && string.IsNullOrWhiteSpace(value));

    private static IEnumerable<string> Unless(bool isRight, string problem) => isRight ? [] : [problem];
}
