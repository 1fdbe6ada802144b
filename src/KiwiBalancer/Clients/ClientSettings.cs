namespace KiwiBalancer.Clients;

/// <summary>A copy of a client's options, to compare later ones with.</summary>
internal sealed record ClientSettings(string Name, int Weight, int? MaxInFlight, int? MaxQueueLength, TimeSpan? QueueTimeout)
{
    public static ClientSettings From(string name, BalancerClientOptions options) =>
        new(name, options.Weight, options.MaxInFlight, options.MaxQueueLength, options.QueueTimeout);

    public BalancerClientOptions ToOptions() =>
        new() { Name = Name, Weight = Weight, MaxInFlight = MaxInFlight, MaxQueueLength = MaxQueueLength, QueueTimeout = QueueTimeout };
}
