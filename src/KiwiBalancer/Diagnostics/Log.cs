using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Diagnostics;

/// <summary>What the core logs; event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Balancer {Balancer} was disposed, but {Slots} slots are still held {Seconds} s after their requests were cancelled. They stay held until their server ends them.")]
    public static partial void StillRunning(ILogger logger, string balancer, int slots, double seconds);
}
