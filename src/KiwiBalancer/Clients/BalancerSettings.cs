using KiwiBalancer.Granting;

namespace KiwiBalancer.Clients;

/// <summary>Checked copies of a balancer's options. Immutable, so that any thread may read them while another replaces them.</summary>
internal sealed record BalancerSettings(
    int Limit,
    int MaxCost,
    int MaxQueueLength,
    int MaxQueueLengthPerClient,
    TimeSpan QueueTimeout,
    long QueueTimeoutTicks,
    OverflowPolicy OverflowPolicy,
    TimeSpan ShutdownTimeout,
    int MaxClientsInMetrics,
    TurnRules TurnRules)
{
    public static BalancerSettings From(KiwiBalancerOptions options, TimeProvider timeProvider) => new(
        options.Limit,
        options.MaxCost ?? options.Limit,
        options.MaxQueueLength,
        options.MaxQueueLengthPerClient ?? options.MaxQueueLength,
        options.QueueTimeout,
        BalancerEngine.ToTicks(options.QueueTimeout, timeProvider),
        options.OverflowPolicy,
        options.ShutdownTimeout,
        options.MaxClientsInMetrics,
        TurnRules.From(options));
}
