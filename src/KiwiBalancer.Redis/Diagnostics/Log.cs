using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Redis.Diagnostics;

/// <summary>The messages; event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error, "No lease of {Resource} can be had or prolonged: {Problem}")]
    public static partial void Problem(ILogger logger, Exception exception, string resource, string problem);

    [LoggerMessage(102, LogLevel.Information, "Leases of {Resource} are had again.")]
    public static partial void Well(ILogger logger, string resource);

    [LoggerMessage(103, LogLevel.Warning, "The lease of {Resource} has ended; nothing is granted until there is another one: {Problem}")]
    public static partial void LeaseLost(ILogger logger, string resource, string problem);

    [LoggerMessage(104, LogLevel.Warning, "The engine has lost its memory of {Resource}, or is new to it. It gives no more than is held already until all leases that it may have forgotten have ended, for {Seconds:F1} s.")]
    public static partial void Quarantined(ILogger logger, string resource, double seconds);

    [LoggerMessage(105, LogLevel.Warning, "The engine's settings are unsafe for {Resource}: {Warning}")]
    public static partial void UnsafeEngine(ILogger logger, string resource, string warning);

    [LoggerMessage(106, LogLevel.Warning, "This process wants a limit of {Own} for {Resource}, but {InForce} is in force: the smallest that a live process wants. If two fleets use one name by mistake, give one another Resource; else configure all alike.")]
    public static partial void LimitDiffers(ILogger logger, string resource, int own, int inForce);

    [LoggerMessage(107, LogLevel.Information, "The first lease of {Resource} is had. Other processes in its ledger: {Others}. If there should be more, they have another Resource, another database or another engine in their options: each ledger gives out a whole limit of its own.")]
    public static partial void Joined(ILogger logger, string resource, long others);
}
