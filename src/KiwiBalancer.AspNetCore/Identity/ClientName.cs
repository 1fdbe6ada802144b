using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KiwiBalancer.Identity;

/// <summary>The ways to tell whose a request is.</summary>
internal static class ClientName
{
    /// <summary>Longer names are unknown: a name is kept in memory, logged and shown.</summary>
    public const int MaxLength = 128;

    public static Func<HttpContext, string?> From(BalancerGatewayOptions options) => options switch
    {
        { SelectClient: { } select } => select,
        { ClientHeader: { } header } => context => Single(context, header),
        { ClientClaim: { } claim } => context => context.User.FindFirst(claim)?.Value,
        { ClientRouteValue: { } value } => context => context.GetRouteValue(value)?.ToString(),
        { ApiKeyHeader: { } header } => FromKey(header, new ApiKeys(options.Clients)),
        _ => static _ => null,
    };

    private static Func<HttpContext, string?> FromKey(string header, ApiKeys keys)
    {
        const string Scheme = "Bearer ";
        var hasScheme = header.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
        return context => Single(context, header) switch
        {
            null => null,
            var value when hasScheme => value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? keys.FindOwner(value.AsSpan(Scheme.Length).Trim()) : null,
            var value => keys.FindOwner(value),
        };
    }

    // A header that comes twice says two things; it is not for us to choose.
    private static string? Single(HttpContext context, string header) => context.Request.Headers[header] is [{ } value] ? value : null;
}
