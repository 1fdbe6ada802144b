using KiwiBalancer.DependencyInjection;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>A balancer and a container to call wrongly, and the proof that a refused call has left them as they were.</summary>
internal sealed class BadInputScene : IDisposable
{
    public const int Limit = 4;

    private readonly WeightedBalancer _balancer = new(Limit);
    private readonly IClientHandle _client;
    private readonly int _registered;

    public BadInputScene(bool isBound)
    {
        _client = _balancer.Register("a");
        Bound = _client.For(Server, request => request);
        Client = isBound ? Bound : _client;
        Builder = Services.AddKiwiBalancer("gpu", options => options.Limit = 1).AddServer<GatedServer, int, int>().AddClient("taken");
        _registered = Services.Count;
    }

    public static IConfigurationSection EmptySection { get; } = new ConfigurationBuilder().Build().GetSection("Kiwy");

    public IBalancer Balancer => _balancer;

    /// <summary>A client named "a", with or without a server.</summary>
    public IClientHandle Client { get; }

    /// <summary>The same client; a request costs as many slots as it says.</summary>
    public IClientHandle<int, int> Bound { get; }

    public GatedServer Server { get; } = new();

    public IBalancer<int, int> View => new BalancerView<int, int>(_balancer, Server);

    public ServiceCollection Services { get; } = new();

    /// <summary>Of a balancer named "gpu", with a client "taken".</summary>
    public IKiwiBalancerBuilder Builder { get; }

    /// <summary>A section with a limit and one client.</summary>
    public static IConfigurationSection Section(string client)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Kiwi:Limit"] = "8", [$"Kiwi:Clients:{client}:Weight"] = "2" };
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Kiwi");
    }

    public void AssertUntouched()
    {
        var snapshot = _balancer.GetSnapshot();
        Assert.Equal((Limit, 1), (snapshot.Limit, Assert.Single(snapshot.Clients).Weight));
        Assert.Equal(_registered, Services.Count);
        Assert.Equal(0, Server.Running);

        // Full use is still possible.
        _client.Take(Limit).Dispose();
        Integrity.Check(_balancer);
    }

    public void Dispose() => _balancer.Dispose();
}
