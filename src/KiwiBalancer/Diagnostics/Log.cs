using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Diagnostics;

/// <summary>The messages; event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Balancer {Balancer} was disposed, but {Slots} slots are still held {Seconds} s after their requests were cancelled. They stay held until their server ends them.")]
    public static partial void StillRunning(ILogger logger, string balancer, int slots, double seconds);

    [LoggerMessage(2, LogLevel.Information, "The limit of balancer {Balancer} has changed from {From} to {To}.")]
    public static partial void LimitChanged(ILogger logger, string balancer, int from, int to);

    [LoggerMessage(3, LogLevel.Information, "The weight of client {Client} of balancer {Balancer} has changed from {From} to {To}.")]
    public static partial void WeightChanged(ILogger logger, string balancer, string client, int from, int to);

    [LoggerMessage(4, LogLevel.Warning, "Balancer {Balancer} has rejected {Count} requests since it last said so; the last was of client {Client}: {Reason}, {Waiting} waiting, {WaitingOfClient} of this client.")]
    public static partial void Rejected(ILogger logger, string balancer, int count, string client, RejectionReason reason, int waiting, int waitingOfClient);

    [LoggerMessage(5, LogLevel.Error, "The new options of balancer {Balancer} are invalid and were not applied; the last good ones stay in force.")]
    public static partial void InvalidReload(ILogger logger, Exception exception, string balancer);

    [LoggerMessage(6, LogLevel.Warning, "Balancer {Balancer} is being disposed and waits no longer: {Waiting} waiting requests are rejected, {InFlight} slots are held by requests that are cancelled.")]
    public static partial void ShutdownForced(ILogger logger, string balancer, int waiting, int inFlight);
}
