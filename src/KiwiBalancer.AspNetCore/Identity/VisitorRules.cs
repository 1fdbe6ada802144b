namespace KiwiBalancer.Identity;

/// <summary>How many visitors there may be, how long they are remembered, and how each is registered.</summary>
internal sealed record VisitorRules(int Max, TimeSpan IdleTimeout, int Weight, int? MaxInFlight, int? MaxQueueLength, TimeSpan? QueueTimeout)
{
    public BalancerClientOptions ToOptions(string name) => new() { Name = name, Weight = Weight, MaxInFlight = MaxInFlight, MaxQueueLength = MaxQueueLength, QueueTimeout = QueueTimeout };
}
