namespace KiwiBalancer;

/// <summary>What a gateway does with requests of clients that its balancer does not have.</summary>
public enum UnknownClients
{
    /// <summary>They all share one client, <see cref="BalancerGatewayOptions.DefaultClient"/>.</summary>
    ShareDefault,

    /// <summary>They are answered 401 (API keys) or 403 (names) and take no slot.</summary>
    Refuse,

    /// <summary>
    /// Each name becomes a client of its own, a <em>visitor</em>, <c>visitor/name</c> in snapshots and logs, forgotten when idle; see <see cref="BalancerGatewayOptions.MaxVisitors"/>. Requests without a name share the default client.
    /// Not with API keys: a key that nobody knows is no name.
    /// </summary>
    Register,
}
