using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.DependencyInjection;

public sealed class AddKiwiBalancerTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void Resolve_DefaultBalancer_GivesOneInstanceUnderBothTypes()
    {
        _services.AddKiwiBalancer(options => options.Limit = 7);
        using var provider = Build();

        var balancer = provider.GetRequiredService<IBalancer>();

        Assert.Same(balancer, provider.GetRequiredService<WeightedBalancer>());
        Assert.Equal((7, "kiwi"), (balancer.Limit, balancer.Name));
    }

    [Fact]
    public void Resolve_TwoNamedBalancers_GivesEachItsOwnOptions()
    {
        _services.AddKiwiBalancer("gpu", options => options.Limit = 3);
        _services.AddKiwiBalancer("cpu", options => options.Limit = 5);
        using var provider = Build();

        var gpu = provider.GetRequiredKeyedService<IBalancer>("gpu");
        var cpu = provider.GetRequiredKeyedService<WeightedBalancer>("cpu");

        Assert.Equal((3, "gpu", 5, "cpu"), (gpu.Limit, gpu.Name, cpu.Limit, cpu.Name));
        Assert.Same(gpu, provider.GetRequiredKeyedService<WeightedBalancer>("gpu"));
        Assert.Null(provider.GetService<IBalancer>());
    }

    [Fact]
    public void Resolve_UnknownName_SaysThatThereIsNone()
    {
        _services.AddKiwiBalancer("gpu", options => options.Limit = 3);
        using var provider = Build();

        Assert.Null(provider.GetKeyedService<IBalancer>("tpu"));
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<IBalancer>("tpu"));
    }

    [Fact]
    public void Add_CalledAgain_RunsBothActionsAndRegistersNothingTwice()
    {
        _services.AddKiwiBalancer(options => options.Limit = 7);
        _services.AddKiwiBalancer(options => options.MaxQueueLength = options.Limit + 1);
        using var provider = Build();

        Assert.Single(provider.GetServices<IBalancer>());
        Assert.Equal(8, provider.GetRequiredService<IOptionsMonitor<KiwiBalancerOptions>>().CurrentValue.MaxQueueLength);
    }

    [Theory]
    [InlineData(BalancerStrategy.Weighted, typeof(WeightedBalancer))]
    [InlineData(BalancerStrategy.RoundRobin, typeof(RoundRobinBalancer))]
    [InlineData(BalancerStrategy.SingleClient, typeof(SingleClientBalancer))]
    [InlineData(BalancerStrategy.Batch, typeof(BatchBalancer))]
    public void Resolve_EachStrategy_MakesItsBalancer(BalancerStrategy strategy, Type expected)
    {
        _services.AddKiwiBalancer(options => (options.Limit, options.Strategy) = (1, strategy));
        using var provider = Build();

        Assert.IsType(expected, provider.GetRequiredService<IBalancer>());
    }

    [Fact]
    public void Resolve_WeightedBalancerOfAnotherStrategy_SaysWhatToResolve()
    {
        _services.AddKiwiBalancer(options => (options.Limit, options.Strategy) = (1, BalancerStrategy.Batch));
        using var provider = Build();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<WeightedBalancer>);

        Assert.Contains("resolve IBalancer", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_WithoutALimit_NamesTheBalancerAndTheOption()
    {
        _services.AddKiwiBalancer("gpu", _ => { });
        using var provider = Build();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IBalancer>("gpu"));

        Assert.Contains("'gpu'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Limit is 0; it must be 1 or more", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_ClientOfWrongWeight_NamesTheRange()
    {
        _services.AddKiwiBalancer(options => options.Limit = 1).AddClient("billing", client => client.Weight = 0);
        using var provider = Build();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IBalancer>);

        Assert.Contains("1 to 1000000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_WithAClockInTheContainer_UsesIt()
    {
        var clock = new FakeTimeProvider();
        _services.AddSingleton<TimeProvider>(clock);
        _services.AddKiwiBalancer(options => (options.Limit, options.QueueTimeout) = (1, TimeSpan.FromSeconds(3))).AddClient("billing");
        using var provider = Build();
        var client = provider.GetRequiredKeyedService<IClientHandle>("billing");
        using var held = client.Take();
        var waiting = client.AcquireOrRejectAsync();

        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(RejectionReason.QueueTimeout, (await waiting.Within()).Rejection?.Reason);
    }

    [Fact]
    public void Add_WrongArguments_ThrowsAtOnce()
    {
        Assert.Throws<ArgumentNullException>(() => _services.AddKiwiBalancer((Action<KiwiBalancerOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddKiwiBalancer(_ => { }));
        Assert.Throws<ArgumentNullException>(() => _services.AddKiwiBalancer("gpu", (Action<KiwiBalancerOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => _services.AddKiwiBalancer(null!, _ => { }));
        Assert.Throws<ArgumentException>(() => _services.AddKiwiBalancer(" ", _ => { }));
        Assert.Empty(_services);
    }

    private ServiceProvider Build() => _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
