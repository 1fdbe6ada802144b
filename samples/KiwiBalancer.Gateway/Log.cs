using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Gateway;

/// <summary>The messages; event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The settings in {Path} have changed and cannot be read; nothing changes.")]
    public static partial void UnreadableSettings(ILogger logger, Exception exception, string path);

    [LoggerMessage(2, LogLevel.Information, "The upstream is now {Upstream}.")]
    public static partial void UpstreamChanged(ILogger logger, string upstream);
}
