using KiwiBalancer.Identity;
using Microsoft.AspNetCore.Http;

namespace KiwiBalancer.Gateways;

/// <summary>Checked copies of a gateway's options. Immutable, so that any thread may read them while another replaces them.</summary>
internal sealed record GatewaySettings(
    Func<HttpContext, string?> FindName,
    UnknownClients UnknownClients,
    int RefusalStatusCode,
    string DefaultClient,
    VisitorRules Visitors,
    Func<HttpContext, int> Cost,
    int RejectionStatusCode,
    TimeSpan RetryAfter,
    bool FinishAborted)
{
    public static GatewaySettings From(BalancerGatewayOptions options) => new(
        ClientName.From(options),
        options.UnknownClients,
        options.ApiKeyHeader is null ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized,
        options.DefaultClient,
        new VisitorRules(options.MaxVisitors, options.VisitorIdleTimeout, options.Visitor.Weight, options.Visitor.MaxInFlight, options.Visitor.MaxQueueLength, options.Visitor.QueueTimeout),
        options.Cost ?? (static _ => 1),
        options.RejectionStatusCode,
        options.RetryAfter,
        options.FinishAborted);
}
