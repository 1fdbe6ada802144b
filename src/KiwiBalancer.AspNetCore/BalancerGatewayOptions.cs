using Microsoft.AspNetCore.Http;

namespace KiwiBalancer;

/// <summary>How HTTP requests go through one balancer: whose they are, what they cost, and how a rejection is told. Named like their balancer; checked at the start, and followed when they change.</summary>
/// <remarks>
/// At most one of <see cref="ClientHeader"/>, <see cref="ClientClaim"/>, <see cref="ClientRouteValue"/>, <see cref="ApiKeyHeader"/> and <see cref="SelectClient"/> says which client a request belongs to.
/// With none of them all requests are of <see cref="DefaultClient"/>: one bounded queue in order of arrival.
/// </remarks>
public sealed class BalancerGatewayOptions
{
    /// <summary>The header whose value is the client's name. Trust it only if something in front of the application sets it.</summary>
    /// <value>A header's name. Default (null): not used.</value>
    public string? ClientHeader { get; set; }

    /// <summary>The claim whose value is the client's name. The middleware must then stand after authentication.</summary>
    /// <value>A claim's type. Default (null): not used.</value>
    public string? ClientClaim { get; set; }

    /// <summary>The route value that is the client's name.</summary>
    /// <value>A route parameter's name. Default (null): not used.</value>
    public string? ClientRouteValue { get; set; }

    /// <summary>The header that carries an API key; <see cref="Clients"/> says whose it is. Of <c>Authorization</c>, what follows <c>Bearer</c> is the key.</summary>
    /// <remarks>Keys are compared by keyed digests, in constant time, and never logged.</remarks>
    /// <value>A header's name. Default (null): not used.</value>
    public string? ApiKeyHeader { get; set; }

    /// <summary>Says which client a request belongs to; null or empty: an unknown one. Called once for each request, from any thread. Names beyond 128 characters are unknown.</summary>
    /// <value>Default (null): not used.</value>
    public Func<HttpContext, string?>? SelectClient { get; set; }

    /// <summary>What only the gateway knows of clients, by name. It may be bound from the section that <see cref="KiwiBalancerOptions.Clients"/> is bound from.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, GatewayClientOptions> Clients { get; } = new Dictionary<string, GatewayClientOptions>(StringComparer.Ordinal);

    /// <summary>What happens to requests of clients that the balancer does not have, and to those that name none.</summary>
    /// <value>Default: <see cref="UnknownClients.ShareDefault"/>.</value>
    public UnknownClients UnknownClients { get; set; }

    /// <summary>The client that unknown ones share. If <see cref="KiwiBalancerOptions.Clients"/> does not have it, it is added with weight 1.</summary>
    /// <value>Any text that is not empty. Default: <c>default</c>.</value>
    public string DefaultClient { get; set; } = "default";

    /// <summary><see cref="UnknownClients.Register"/>: weight, cap, bounds and timeout of each visitor. Its name must be null.</summary>
    /// <value>Default: weight 1, and the balancer's bounds and timeout.</value>
    public BalancerClientOptions Visitor { get; set; } = new();

    /// <summary><see cref="UnknownClients.Register"/>: how many visitors there may be at once. Beyond it the one that has been idle longest goes; if none is idle, a newcomer shares <see cref="DefaultClient"/>.</summary>
    /// <value>1 or more. Default: 1,000.</value>
    public int MaxVisitors { get; set; } = 1_000;

    /// <summary><see cref="UnknownClients.Register"/>: how long a visitor may be idle before it is forgotten.</summary>
    /// <value>More than zero, at most 24 days. Default: 5 minutes.</value>
    public TimeSpan VisitorIdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many slots a request takes, where its endpoint does not say so. Called once for each request, from any thread.</summary>
    /// <value>It must give 1 to <see cref="KiwiBalancerOptions.MaxCost"/>. Default (null): 1.</value>
    public Func<HttpContext, int>? Cost { get; set; }

    /// <summary>The status of the answer to a rejected request.</summary>
    /// <value>503 (default) or 429.</value>
    public int RejectionStatusCode { get; set; } = StatusCodes.Status503ServiceUnavailable;

    /// <summary>What <c>Retry-After</c> says when the balancer cannot tell how long its backlog takes.</summary>
    /// <value>Whole seconds are sent, rounded up. 1 second (default) or more, at most a day.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a request that has its slot goes on when its caller is gone: <see cref="HttpContext.RequestAborted"/> does not fire then. For proxies: to break off a request to another server does not mean that
    /// server has stopped working on it, so the slot would come back too early. Requests that wait leave the queue at once either way. Not for streams without an end, which nobody would end then.
    /// </summary>
    /// <value>Default: false, the handler is told and the slot comes back when it ends.</value>
    public bool FinishAborted { get; set; }
}
