using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.DependencyInjection;

public sealed class AddClientTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void Resolve_BothInterfaces_OneClientIsUnderneath()
    {
        Add().AddServer<GatedServer, int, int>().AddClient("billing", weight: 2);
        using var provider = Build();

        var plain = provider.GetRequiredKeyedService<IClientHandle>("billing");
        var bound = provider.GetRequiredKeyedService<IClientHandle<int, int>>("billing");
        using var lease = bound.Take();

        Assert.Equal((1, 2, "billing"), (plain.InFlight, bound.Weight, bound.Name));
        Assert.Same(bound, provider.GetRequiredKeyedService<IClientHandle<int, int>>("billing"));
        Assert.Equal("billing", Assert.Single(provider.GetRequiredService<IBalancer>().GetSnapshot().Clients).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resolve_InEitherOrderOfTheCalls_TheHandleSendsToTheServer(bool isServerFirst)
    {
        var builder = Add();
        _ = isServerFirst ? builder.AddServer<TextServer, string, string>().AddClient("billing") : builder.AddClient("billing").AddServer<TextServer, string, string>();
        using var provider = Build();

        Assert.Equal("hello!", await provider.GetRequiredKeyedService<IClientHandle<string, string>>("billing").SendAsync("hello").Within());
    }

    [Fact]
    public async Task Resolve_ByAttribute_InjectsTheHandle()
    {
        Add().AddServer<TextServer, string, string>().AddClient("billing");
        _services.AddSingleton<Biller>();
        using var provider = Build();

        Assert.Equal("pay!", await provider.GetRequiredService<Biller>().Client.SendAsync("pay").Within());
    }

    [Fact]
    public void Resolve_UnknownClient_SaysThatThereIsNone()
    {
        Add().AddServer<TextServer, string, string>().AddClient("billing");
        using var provider = Build();

        Assert.Null(provider.GetKeyedService<IClientHandle>("biling"));
        Assert.Null(provider.GetKeyedService<IClientHandle<string, string>>("biling"));
        Assert.Null(provider.GetKeyedService<IClientHandle<int, int>>("billing"));
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<IClientHandle>("biling"));
    }

    [Fact]
    public void AddClient_Twice_TheFirstStandsAndNothingIsRegisteredTwice()
    {
        Add().AddServer<TextServer, string, string>().AddClient("billing", weight: 2);
        var count = _services.Count;
        Add().AddClient("billing", weight: 9).AddServer<TextServer, string, string>();
        using var provider = Build();

        // Only the second action on the options is new.
        Assert.Equal(count + 1, _services.Count);
        Assert.Equal(2, Assert.Single(provider.GetKeyedServices<IClientHandle>("billing")).Weight);
        Assert.Single(provider.GetKeyedServices<IClientHandle<string, string>>("billing"));
    }

    [Fact]
    public void AddClient_AlsoInTheOptions_TheOptionsWin()
    {
        Add().AddClient("billing", weight: 2);
        _services.Configure<KiwiBalancerOptions>(options => options.Clients["billing"] = new BalancerClientOptions { Weight = 5 });
        using var provider = Build();

        Assert.Equal(5, provider.GetRequiredKeyedService<IClientHandle>("billing").Weight);
    }

    [Fact]
    public void AddClient_WithOptions_AppliesThem()
    {
        Add().AddClient("billing", client => (client.Weight, client.MaxInFlight) = (3, 1));
        using var provider = Build();
        var client = provider.GetRequiredKeyedService<IClientHandle>("billing");
        using var lease = client.Take();

        Assert.Equal(3, client.Weight);
        Assert.False(client.TryAcquire(out _));
    }

    [Fact]
    public async Task Resolve_NamedBalancers_KeepTheirClientsOfOneNameApart()
    {
        _services.AddKiwiBalancer("gpu", options => options.Limit = 1).AddServer<DoublingServer, int, int>().AddClient("billing", weight: 2);
        _services.AddKiwiBalancer("cpu", options => options.Limit = 1).AddServer<DoublingServer, int, int>().AddClient("billing", weight: 3);
        using var provider = Build();

        var gpu = provider.GetRequiredKeyedService<IClientHandle<int, int>>("gpu/billing");
        var cpu = provider.GetRequiredKeyedService<IClientHandle>("cpu/billing");
        using var lease = cpu.Take();

        Assert.Equal((2, 3, "billing"), (gpu.Weight, cpu.Weight, gpu.Name));
        Assert.Equal(14, await gpu.SendAsync(7).Within());
        Assert.Null(provider.GetKeyedService<IClientHandle>("billing"));
    }

    [Fact]
    public void AddClient_KeyOfAnotherBalancersClient_ThrowsInsteadOfGivingTheWrongOne()
    {
        _services.AddKiwiBalancer("gpu", options => options.Limit = 1).AddClient("billing");

        Assert.Throws<InvalidOperationException>(() => Add().AddClient("gpu/billing"));
    }

    [Fact]
    public void AddClient_WrongArguments_ThrowsAtOnce()
    {
        var builder = Add();
        var count = _services.Count;

        Assert.Throws<ArgumentNullException>(() => builder.AddClient(null!));
        Assert.Throws<ArgumentException>(() => builder.AddClient(" ", weight: 2));
        Assert.Throws<ArgumentNullException>(() => builder.AddClient("billing", null!));
        Assert.Throws<ArgumentNullException>(() => ((IKiwiBalancerBuilder)null!).AddClient("billing"));
        Assert.Equal(count, _services.Count);
    }

    [Fact]
    public void Resolve_ClientDisposedBeforeTheContainerGaveItOut_SaysSo()
    {
        Add().AddClient("billing");
        using var provider = Build();
        Assert.True(provider.GetRequiredService<IBalancer>().TryGetClient("billing", out var client));
        client.Dispose();

        var exception = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<IClientHandle>("billing"));

        Assert.Contains("'billing' was disposed", exception.Message, StringComparison.Ordinal);
    }

    private IKiwiBalancerBuilder Add() => _services.AddKiwiBalancer(options => options.Limit = 4);

    private ServiceProvider Build() => _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private sealed class Biller([FromKeyedServices("billing")] IClientHandle<string, string> client)
    {
        public IClientHandle<string, string> Client => client;
    }
}
