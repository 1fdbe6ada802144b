namespace KiwiBalancer;

/// <summary>What only the gateway knows of a client.</summary>
public sealed class GatewayClientOptions
{
    /// <summary>The keys by which the client shows who it is; see <see cref="BalancerGatewayOptions.ApiKeyHeader"/>. Several are allowed, so that one can be replaced without a gap.</summary>
    /// <value>Texts of 1 to 512 characters, each of one client only. Default: none.</value>
    public IList<string> ApiKeys { get; } = [];
}
