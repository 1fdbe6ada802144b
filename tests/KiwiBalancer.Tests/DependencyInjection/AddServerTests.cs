using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.DependencyInjection;

public sealed class AddServerTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public async Task Resolve_TwoServersOnOneBalancer_ShareItsSlots()
    {
        Add().AddServer<GatedServer, int, int>().AddServer<TextServer, string, string>().AddClient("billing");
        using var provider = Build();
        var server = provider.GetRequiredService<GatedServer>();
        var numbers = provider.GetRequiredKeyedService<IClientHandle<int, int>>("billing");
        var texts = provider.GetRequiredKeyedService<IClientHandle<string, string>>("billing");

        var running = numbers.SendAsync(1).AsTask();
        var waiting = texts.SendAsync("next").AsTask();

        Assert.Equal((1, 1), (texts.InFlight, numbers.Waiting));
        server.Finish(1);
        Assert.Equal((1, "next!"), (await running.Within(), await waiting.Within()));
        Integrity.Check(provider.GetRequiredService<IBalancer>());
    }

    [Fact]
    public async Task Resolve_TheView_RegistersClientsOnTheSharedSlots()
    {
        Add().AddServer<TextServer, string, string>();
        using var provider = Build();
        var view = provider.GetRequiredService<IBalancer<string, string>>();

        await using var client = view.Register("ad hoc", weight: 3);

        Assert.Same(provider.GetRequiredService<IBalancer>(), view.Slots);
        Assert.Equal("hi!", await client.SendAsync("hi").Within());
        Assert.Equal("ad hoc", Assert.Single(view.Slots.GetSnapshot().Clients).Name);
    }

    [Fact]
    public void Resolve_ServerOfANamedBalancer_TheOneKeyedByItsNameComesFirst()
    {
        var own = new GatedServer();
        _services.AddKeyedSingleton("gpu", own);
        _services.AddKiwiBalancer("gpu", options => options.Limit = 1).AddServer<GatedServer, int, int>().AddClient("billing");
        using var provider = Build();

        _ = provider.GetRequiredKeyedService<IClientHandle<int, int>>("gpu/billing").SendAsync(1).AsTask();

        Assert.True(own.HasSeen(1));
        Assert.NotSame(own, provider.GetRequiredService<GatedServer>());
        Assert.Same(provider.GetRequiredKeyedService<IBalancer>("gpu"), provider.GetRequiredKeyedService<IBalancer<int, int>>("gpu").Slots);
        own.Finish(1);
    }

    [Fact]
    public void Resolve_ServerThatWasRegisteredBefore_IsTheOneUsed()
    {
        var own = new GatedServer();
        _services.AddSingleton(own);
        Add().AddServer<GatedServer, int, int>().AddClient("billing");
        using var provider = Build();

        _ = provider.GetRequiredKeyedService<IClientHandle<int, int>>("billing").SendAsync(1).AsTask();

        Assert.True(own.HasSeen(1));
        own.Finish(1);
    }

    [Fact]
    public void AddServer_AnotherOfTheSameTypes_ThrowsInsteadOfDroppingOne()
    {
        var builder = Add().AddServer<GatedServer, int, int>();

        var exception = Assert.Throws<InvalidOperationException>(() => builder.AddServer<DoublingServer, int, int>());

        Assert.Contains(nameof(GatedServer), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddServer_WithoutABalancer_SaysWhatToCall()
    {
        var builder = new ForeignBuilder(_services);

        Assert.Throws<InvalidOperationException>(() => builder.AddServer<GatedServer, int, int>());
        Assert.Throws<ArgumentNullException>(() => ((IKiwiBalancerBuilder)null!).AddServer<GatedServer, int, int>());
    }

    private IKiwiBalancerBuilder Add() => _services.AddKiwiBalancer(options => options.Limit = 1);

    private ServiceProvider Build() => _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private sealed class ForeignBuilder(IServiceCollection services) : IKiwiBalancerBuilder
    {
        public string Name => "nowhere";

        public IServiceCollection Services => services;
    }
}
