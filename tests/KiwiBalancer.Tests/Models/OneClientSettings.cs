namespace KiwiBalancer.Tests.Models;

/// <summary>What a random program of one client starts with.</summary>
internal readonly record struct OneClientSettings(BalancerStrategy Strategy, int Limit, int? Cap, int MaxQueueLength, OverflowPolicy OverflowPolicy, bool HasTimeout)
{
    public const int MaxCost = 4;

    /// <summary>Between two of the steps by which time moves on, so that no two deadlines and no arrival coincide.</summary>
    public static TimeSpan Timeout => TimeSpan.FromMilliseconds(250);

    public static TimeSpan Tick => TimeSpan.FromMilliseconds(100);

    public KiwiBalancerOptions ToOptions() => new()
    {
        Limit = Limit,
        MaxCost = MaxCost,
        MaxQueueLength = MaxQueueLength,
        OverflowPolicy = OverflowPolicy,
        QueueTimeout = HasTimeout ? Timeout : System.Threading.Timeout.InfiniteTimeSpan,
        Clients = { ["a"] = new BalancerClientOptions { MaxInFlight = Cap } },
    };
}
