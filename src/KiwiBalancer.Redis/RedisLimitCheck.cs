using StackExchange.Redis;

namespace KiwiBalancer.Redis;

/// <summary>Checks options, all at once: what was given, what is allowed.</summary>
internal static class RedisLimitCheck
{
    public static IEnumerable<string> Problems(RedisLimitOptions options)
    {
        if (options.Connection is null && Connecting(options.Configuration) is { } unreadable)
        {
            yield return unreadable;
        }

        if (options.Resource is not { Length: >= 1 and <= 200 } || options.Resource.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '{' or '}'))
        {
            yield return $"Resource is \"{options.Resource}\"; it must be 1 to 200 characters without blanks or braces. It names the server that the processes share.";
        }

        if (options.LocalFloor is < 0 or > 1_000_000)
        {
            yield return $"LocalFloor is {options.LocalFloor}; it must be 0 to 1,000,000.";
        }

        if (options.MaxNodes is < 1 or > 100_000)
        {
            yield return $"MaxNodes is {options.MaxNodes}; it must be 1 to 100,000.";
        }

        if (options.LocalFloor > 0 && options.MaxNodes is null)
        {
            yield return $"MaxNodes is missing, and LocalFloor is {options.LocalFloor}. Set it to the most processes there will ever be at once: so many floors are taken off the limit.";
        }

        if (options.WhenLeaseLost is not (WhenLeaseLost.Finish or WhenLeaseLost.Cancel))
        {
            yield return $"WhenLeaseLost is {(int)options.WhenLeaseLost}; it must be Finish or Cancel.";
        }

        if (Range(nameof(options.Linger), options.Linger, TimeSpan.Zero, TimeSpan.FromDays(1)) is { } linger)
        {
            yield return linger;
        }

        if (Range(nameof(options.LeaseDuration), options.LeaseDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10)) is { } duration)
        {
            // The ranges of the rest are parts of it.
            yield return duration;
            yield break;
        }

        if (options.LeaseMargin is { } given && Range(nameof(options.LeaseMargin), given, TimeSpan.FromMilliseconds(20), options.LeaseDuration / 2) is { } margin)
        {
            yield return margin;
        }

        if (Range(nameof(options.ReportInterval), options.ReportInterval, TimeSpan.FromMilliseconds(50), options.LeaseDuration / 3) is { } interval)
        {
            yield return interval;
        }

        if (Range(nameof(options.MinReportGap), options.MinReportGap, TimeSpan.FromMilliseconds(1), options.ReportInterval) is { } gap)
        {
            yield return gap;
        }
    }

    public static RedisLimitOptions Copy(RedisLimitOptions options) => new()
    {
        Configuration = options.Configuration,
        Connection = options.Connection,
        Resource = options.Resource,
        LeaseDuration = options.LeaseDuration,
        LeaseMargin = options.LeaseMargin,
        ReportInterval = options.ReportInterval,
        MinReportGap = options.MinReportGap,
        Linger = options.Linger,
        LocalFloor = options.LocalFloor,
        MaxNodes = options.MaxNodes,
        WhenLeaseLost = options.WhenLeaseLost,
    };

    private static string? Connecting(string? configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration))
        {
            return "Configuration is missing. Set it to where Redis is, such as \"redis:6379\", or set Connection.";
        }

        try
        {
            // What was given is not repeated: there may be a password in it.
            return ConfigurationOptions.Parse(configuration).EndPoints.Count > 0 ? null : "Configuration names no host. Write it as StackExchange.Redis does, such as \"redis:6379,password=...\".";
        }
        catch (ArgumentException exception)
        {
            return $"Configuration cannot be read: {exception.Message.Split('\n', '(')[0].TrimEnd('.', ' ')}. Write it as StackExchange.Redis does, such as \"redis:6379,password=...\".";
        }
    }

    private static string? Range(string name, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value >= least && value <= most ? null : $"{name} is {value}; it must be {least} to {most}.";
}
