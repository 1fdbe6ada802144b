using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Gateways;

/// <summary>The messages; event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The new options of balancer {Balancer} or of its gateway are invalid, and none of them were applied; the last good ones stay in force.")]
    public static partial void InvalidReload(ILogger logger, Exception exception, string balancer);
}
