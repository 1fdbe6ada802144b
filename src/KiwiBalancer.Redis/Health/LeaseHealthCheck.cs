using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KiwiBalancer.Redis.Health;

/// <summary>Healthy with a live lease, and says what to do without one.</summary>
internal sealed class LeaseHealthCheck(RedisLimit limit) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(limit.Status, context.Registration.FailureStatus));

    public static HealthCheckResult Judge(RedisLimitStatus status, HealthStatus failure)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["resource"] = status.Resource,
            ["node"] = status.Node,
            ["slots"] = status.Slots,
            ["fleetLimit"] = status.FleetLimit,
        };
        var slots = string.Create(CultureInfo.InvariantCulture, $"{status.Slots} of the {status.FleetLimit} slots of {status.Resource} leased");
        return status switch
        {
            { IsLeased: false } => new(failure, $"No lease of {status.Resource}: {status.Problem ?? (status.IsQuarantined ? Quarantine : "the engine has not answered yet.")}", exception: null, data),
            { IsQuarantined: true } => new(failure, $"{slots}: {Quarantine}", exception: null, data),
            { Problem: { } problem } => HealthCheckResult.Healthy($"{slots}, but {problem}", data),
            _ => HealthCheckResult.Healthy(slots, data),
        };
    }

    private const string Quarantine =
        "the engine has lost its memory, or is new to the resource, and gives no more than is held until all leases it may have forgotten have ended. It ends by itself; if it comes again, look for restarts, fail-overs, evictions and flushes of the engine.";
}
