namespace KiwiBalancer.Redis.DependencyInjection;

/// <summary>What configuration may say of <see cref="RedisLimitOptions"/>: everything but the connection, which is an object. Null is left as it is.</summary>
internal sealed class RedisLimitSection
{
    public string? Configuration { get; set; }

    public string? Resource { get; set; }

    public TimeSpan? LeaseDuration { get; set; }

    public TimeSpan? LeaseMargin { get; set; }

    public TimeSpan? ReportInterval { get; set; }

    public TimeSpan? MinReportGap { get; set; }

    public TimeSpan? Linger { get; set; }

    public int? LocalFloor { get; set; }

    public int? MaxNodes { get; set; }

    public WhenLeaseLost? WhenLeaseLost { get; set; }

    public void CopyTo(RedisLimitOptions options)
    {
        options.Configuration = Configuration ?? options.Configuration;
        options.Resource = Resource ?? options.Resource;
        options.LeaseDuration = LeaseDuration ?? options.LeaseDuration;
        options.LeaseMargin = LeaseMargin ?? options.LeaseMargin;
        options.ReportInterval = ReportInterval ?? options.ReportInterval;
        options.MinReportGap = MinReportGap ?? options.MinReportGap;
        options.Linger = Linger ?? options.Linger;
        options.LocalFloor = LocalFloor ?? options.LocalFloor;
        options.MaxNodes = MaxNodes ?? options.MaxNodes;
        options.WhenLeaseLost = WhenLeaseLost ?? options.WhenLeaseLost;
    }
}
