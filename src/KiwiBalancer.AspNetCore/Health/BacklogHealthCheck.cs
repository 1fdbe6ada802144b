using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KiwiBalancer.Health;

/// <summary>Degraded when the backlog has been long for a while.</summary>
internal sealed class BacklogHealthCheck(BacklogWatch watch, KiwiBalancerHealthOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (snapshot, bound, longFor) = watch.Look();
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["limit"] = snapshot.Limit,
            ["inFlight"] = snapshot.InFlight,
            ["waiting"] = snapshot.Waiting,
            ["maxQueueLength"] = bound,
        };
        var text = string.Create(CultureInfo.InvariantCulture, $"{snapshot.InFlight} of {snapshot.Limit} slots held, {snapshot.Waiting} of {bound} requests waiting");
        return Task.FromResult(longFor is { } time && time >= options.Duration
            ? new HealthCheckResult(context.Registration.FailureStatus, string.Create(CultureInfo.InvariantCulture, $"{text}, more than {options.BacklogPart:P0} for {time.TotalSeconds:F0} s"), exception: null, data)
            : HealthCheckResult.Healthy(text, data));
    }
}
