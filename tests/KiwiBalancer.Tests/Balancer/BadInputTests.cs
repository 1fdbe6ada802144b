using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>Every call with what it must refuse: the exact exception, and a message that says what was given and what is allowed.</summary>
public sealed class BadInputTests
{
    private const int Largest = 4;

    public static TheoryData<string, Type, string[], Action<WeightedBalancer, IClientHandle>> Calls()
    {
        var table = new TheoryData<string, Type, string[], Action<WeightedBalancer, IClientHandle>>();
        void Refused<T>(string what, string[] said, Action<WeightedBalancer, IClientHandle> call) => table.Add(what, typeof(T), said, call);
        void Range(string what, string[] said, Action<WeightedBalancer, IClientHandle> call) => Refused<ArgumentOutOfRangeException>(what, said, call);

        Range("limit below zero", ["-1", "0 or more"], (balancer, _) => balancer.Limit = -1);
        foreach (var weight in new[] { 0, -5, 1_000_001 })
        {
            string[] said = [$"{weight}", "1 to 1000000"];
            Range($"weight {weight}", said, (_, client) => client.Weight = weight);
            Range($"registered weight {weight}", said, (balancer, _) => balancer.Register("b", weight));
            Range($"reconfigured weight {weight}", said, (_, client) => client.Reconfigure(new BalancerClientOptions { Weight = weight }));
        }

        foreach (var cost in new[] { 0, -1, Largest + 1, int.MaxValue, int.MinValue })
        {
            string[] said = [$"{cost}", $"1 to MaxCost, which is {Largest}"];
            Range($"try cost {cost}", said, (balancer, client) => client.TryAcquire(cost, out _));
            Range($"acquire cost {cost}", said, (balancer, client) => _ = client.AcquireAsync(cost));
            Range($"acquire or reject cost {cost}", said, (balancer, client) => _ = client.AcquireOrRejectAsync(cost));
        }

        Range("cap", ["0", "MaxInFlight must be 1 or more"], (balancer, _) => balancer.Register(new BalancerClientOptions { MaxInFlight = 0 }));
        Range("own queue length", ["-1", "MaxQueueLength must be 0 or more"], (balancer, _) => balancer.Register(new BalancerClientOptions { MaxQueueLength = -1 }));
        Range("own timeout", ["00:00:00", "QueueTimeout must be more than zero"], (balancer, _) => balancer.Register(new BalancerClientOptions { QueueTimeout = TimeSpan.Zero }));

        Refused<ArgumentNullException>("null options", ["options"], (_, _) => new WeightedBalancer(null!).Dispose());
        Refused<ArgumentNullException>("null reconfiguration", ["options"], (balancer, _) => balancer.Reconfigure(null!));
        Refused<ArgumentNullException>("null client", ["client"], (balancer, _) => balancer.Register(null!));
        Refused<ArgumentNullException>("null client options", ["client"], (_, client) => client.Reconfigure(null!));
        Refused<ArgumentNullException>("null name sought", ["name"], (balancer, client) => balancer.TryGetClient(null!, out var _));
        Refused<ArgumentNullException>("null balancer", ["balancer"], (_, _) => BalancerExtensions.Register(null!, "b"));
        foreach (var name in new[] { "", "  " })
        {
            Refused<ArgumentException>($"name '{name}'", ["Name must not be empty"], (balancer, _) => balancer.Register(name));
        }

        Refused<ArgumentException>("live name", ["'a'", "registered already", "TryGetClient"], (balancer, _) => balancer.Register("a"));
        Refused<ArgumentException>("new name for a client", ["'a'", "'b'", "cannot change"], (_, client) => client.Reconfigure(new BalancerClientOptions { Name = "b" }));
        return table;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_WithWhatIsNotAllowed_IsRefusedAndSaysWhatIs(string what, Type expected, string[] said, Action<WeightedBalancer, IClientHandle> call)
    {
        using var balancer = new WeightedBalancer(Largest);
        var client = balancer.Register("a");

        var exception = Record.Exception(() => call(balancer, client));

        Assert.True(exception is not null, $"Not refused: {what}.");
        Assert.IsType(expected, exception);
        Assert.All(said, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        Assert.Equal((Largest, 1), (balancer.Limit, client.Weight));
        Assert.Single(balancer.GetSnapshot().Clients);
        Integrity.Check(balancer);
    }
}
