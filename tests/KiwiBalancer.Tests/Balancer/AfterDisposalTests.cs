using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>A call after disposal began is refused, synchronously; looking is still allowed.</summary>
public sealed class AfterDisposalTests
{
    public static TheoryData<string, Action<WeightedBalancer, IClientHandle>> OfTheClient => new()
    {
        { "TryAcquire", (balancer, client) => client.TryAcquire(out _) },
        { "TryAcquire of two", (balancer, client) => client.TryAcquire(2, out _) },
        { "AcquireAsync", (balancer, client) => _ = client.AcquireAsync() },
        { "AcquireAsync cancelled", (balancer, client) => _ = client.AcquireAsync(new CancellationToken(canceled: true)) },
        { "AcquireOrRejectAsync", (balancer, client) => _ = client.AcquireOrRejectAsync() },
        { "Weight", (_, client) => client.Weight = 2 },
        { "Reconfigure", (_, client) => client.Reconfigure(new BalancerClientOptions()) },
    };

    public static TheoryData<string, Action<WeightedBalancer, IClientHandle>> OfTheBalancer => new()
    {
        { "Limit", (balancer, _) => balancer.Limit = 3 },
        { "Register", (balancer, _) => balancer.Register("b") },
        { "Reconfigure", (balancer, _) => balancer.Reconfigure(new KiwiBalancerOptions { Limit = 3 }) },
    };

    [Theory]
    [MemberData(nameof(OfTheClient))]
    public void Call_ClientDisposed_IsRefusedWhileOthersGoOn(string what, Action<WeightedBalancer, IClientHandle> call)
    {
        using var balancer = new WeightedBalancer(2);
        var (client, other) = (balancer.Register("a"), balancer.Register("other"));

        client.Dispose();

        AssertRefused(what, () => call(balancer, client));
        Assert.False(balancer.TryGetClient("a", out _));
        other.Take().Dispose();
        Integrity.Check(balancer);
    }

    [Theory]
    [MemberData(nameof(OfTheClient))]
    [MemberData(nameof(OfTheBalancer))]
    public void Call_BalancerDisposed_IsRefusedAndLookingStillWorks(string what, Action<WeightedBalancer, IClientHandle> call)
    {
        var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");

        Assert.False(balancer.IsDisposed);
        balancer.Dispose();

        Assert.True(balancer.IsDisposed);
        AssertRefused(what, () => call(balancer, client));
        Assert.Equal((2, 0, 0), (balancer.Limit, client.InFlight, client.Waiting));
        Assert.Equal(2, balancer.GetSnapshot().Limit);
        Assert.False(balancer.TryGetClient("a", out _));
        Assert.NotNull(balancer.ToString());
        balancer.Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Register_NameOfADisposedClient_IsFreeThoughItStillHoldsSlots()
    {
        using var balancer = new WeightedBalancer(2);
        var former = balancer.Register("a");
        var lease = former.Take();
        former.Dispose();

        var latter = balancer.Register("a");

        Assert.NotSame(former, latter);
        Assert.Equal(2, balancer.GetSnapshot().Clients.Count);
        lease.Dispose();
        Assert.Same(latter, balancer.TryGetClient("a", out var found) ? found : null);
        Assert.Single(balancer.GetSnapshot().Clients);
        Integrity.Check(balancer);
    }

    private static void AssertRefused(string what, Action call)
    {
        var exception = Record.Exception(call);
        Assert.True(exception is ObjectDisposedException, $"{what}: {exception?.GetType().Name ?? "nothing"} instead of ObjectDisposedException.");
        Assert.Contains("disposed", exception!.Message, StringComparison.Ordinal);
    }
}
