using Microsoft.Extensions.Configuration;

namespace KiwiBalancer.Gateway.Settings;

/// <summary>What only this gateway knows, as it is in force.</summary>
/// <param name="Upstream">The address of the server.</param>
/// <param name="OperatorKey">What the operator shows; null: there is no operator.</param>
/// <param name="ApiKeyHeader">Where clients show theirs.</param>
internal sealed record GatewaySettings(string? Upstream, string? OperatorKey, string? ApiKeyHeader)
{
    public static GatewaySettings From(IConfiguration section) => new(section["Upstream"], section["OperatorKey"]?.Trim(), section["ApiKeyHeader"]);

    // Keys do not go into logs, whoever logs this.
    public override string ToString() => $"upstream {Upstream}";
}
