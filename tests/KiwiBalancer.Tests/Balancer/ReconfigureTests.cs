using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>Options applied to a running balancer: only what differs from those applied last, and all or nothing.</summary>
public sealed class ReconfigureTests
{
    private static KiwiBalancerOptions Options(int limit, params (string Name, int Weight)[] clients)
    {
        var options = new KiwiBalancerOptions { Limit = limit };
        foreach (var (name, weight) in clients)
        {
            options.Clients[name] = new BalancerClientOptions { Weight = weight };
        }

        return options;
    }

    private static IClientHandle Find(WeightedBalancer balancer, string name)
    {
        Assert.True(balancer.TryGetClient(name, out var client), $"There is no client '{name}'.");
        return client;
    }

    [Fact]
    public void Reconfigure_SomethingElse_DoesNotUndoWhatWasSetInCode()
    {
        using var balancer = new WeightedBalancer(Options(4, ("a", 1), ("b", 1)));
        balancer.Limit = 9;
        Find(balancer, "a").Weight = 5;

        balancer.Reconfigure(Options(4, ("a", 1), ("b", 2)));
        Assert.Equal((9, 5, 2), (balancer.Limit, Find(balancer, "a").Weight, Find(balancer, "b").Weight));
        balancer.Reconfigure(Options(6, ("a", 3), ("b", 2)));

        Assert.Equal((6, 3, 2), (balancer.Limit, Find(balancer, "a").Weight, Find(balancer, "b").Weight));
    }

    [Fact]
    public void Reconfigure_ALargerLimit_WakesThoseWhoFit()
    {
        using var balancer = new WeightedBalancer(Options(1, ("a", 1)));
        var requests = Pending.Many(Find(balancer, "a"), 5);

        balancer.Reconfigure(Options(3, ("a", 1)));

        Assert.Equal([true, true, true, false, false], requests.Select(request => request.IsHeld));
        Assert.Throws<ArgumentOutOfRangeException>(() => Find(balancer, "a").TryAcquire(4, out _));
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Reconfigure_ClientsAddedAndRemoved_ComeAndGoWithoutLosingAnything()
    {
        using var balancer = new WeightedBalancer(Options(1, ("a", 1), ("b", 1)));
        var removed = Find(balancer, "b");
        var (holder, waiter) = (Pending.Of(removed), Pending.Of(removed));

        balancer.Reconfigure(Options(1, ("a", 1), ("c", 4)));

        Assert.Equal(4, Find(balancer, "c").Weight);
        Assert.False(balancer.TryGetClient("b", out _));
        Assert.Throws<ObjectDisposedException>(() => { _ = removed.AcquireAsync(); });
        holder.Release();
        Assert.True(waiter.IsHeld);
        waiter.Release();
        await removed.DisposeAsync().AsTask().Within();
        Integrity.Check(balancer);
    }

    public static TheoryData<string, Action<KiwiBalancerOptions>> Invalid => new()
    {
        { "Limit", options => options.Limit = 0 },
        { "MaxQueueLength", options => options.MaxQueueLength = -1 },
        { "QueueTimeout", options => options.QueueTimeout = TimeSpan.Zero },
        { "name", options => options.Name = "another" },
        { "strategy", options => options.Strategy = BalancerStrategy.RoundRobin },
        { "weight", options => options.Clients["a"].Weight = 0 },
        { "incode", options => options.Clients["incode"] = new BalancerClientOptions() },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Reconfigure_AnythingInvalid_AppliesNothing(string said, Action<KiwiBalancerOptions> spoil)
    {
        using var balancer = new WeightedBalancer(Options(4, ("a", 1), ("gone", 1)));
        var inCode = balancer.Register("incode", 7);
        var (settings, options) = (balancer.Engine.Settings, Options(8, ("a", 2), ("new", 3)));
        options.MaxQueueLength = 17;
        spoil(options);

        var exception = Assert.ThrowsAny<ArgumentException>(() => balancer.Reconfigure(options));

        Assert.Contains(said, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((4, settings), (balancer.Limit, balancer.Engine.Settings));
        Assert.Equal((1, 7), (Find(balancer, "a").Weight, inCode.Weight));
        Assert.True(balancer.TryGetClient("gone", out _));
        Assert.False(balancer.TryGetClient("new", out _));
    }

    [Fact]
    public void Reconfigure_Client_AppliesAllOfItAndNotThePreviousName()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");

        client.Reconfigure(new BalancerClientOptions { Name = "a", Weight = 9, MaxInFlight = 1, MaxQueueLength = 1 });

        Assert.Equal(("a", 9), (client.Name, client.Weight));
        var requests = Pending.Many(client, 3);
        Assert.Equal([true, false, false], requests.Select(request => request.IsHeld));
        Assert.Equal(RejectionReason.QueueFull, requests[2].Reason);
        Pending.Finish(requests);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Reconfigure_ClientWithInvalidOptions_AppliesNothing()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a", 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => client.Reconfigure(new BalancerClientOptions { Weight = 5, MaxInFlight = 0 }));
        Assert.Throws<ArgumentException>(() => client.Reconfigure(new BalancerClientOptions { Name = "b", Weight = 5 }));

        Assert.Equal(3, client.Weight);
    }

    [Fact]
    public void Constructor_OptionsChangedAfterwards_AreNotReadAgain()
    {
        var options = Options(2, ("a", 1));
        using var balancer = new WeightedBalancer(options);

        (options.Limit, options.MaxQueueLength, options.Clients["a"].Weight) = (50, 0, 9);

        Assert.Equal((2, 10_000, 1), (balancer.Limit, balancer.Engine.Settings.MaxQueueLength, Find(balancer, "a").Weight));
    }
}
