using System.Runtime.CompilerServices;
using KiwiBalancer.Tests.DependencyInjection;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KiwiBalancer.Tests.Diagnostics;

/// <summary>Counts that are read when somebody collects.</summary>
public sealed class ObservedCountsTests : IDisposable
{
    private readonly Meters _meters = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Collect_WhileRequestsHoldAndWait_ShowsWhatTheWordsSay()
    {
        using var balancer = Make(new KiwiBalancerOptions { Limit = 3 });
        var (one, two) = (balancer.Register("one"), balancer.Register("two"));
        var held = Pending.Of(one, cost: 3);
        var waiting = new[] { Pending.Of(one), Pending.Of(two) };

        Assert.Equal(["kiwi 3"], _meters.Read("active_requests"));
        Assert.Equal(["kiwi 2"], _meters.Read("queued_requests"));
        Assert.Equal(["kiwi 3"], _meters.Read("limit"));
        Assert.Equal(["kiwi 2"], _meters.Read("clients"));
        balancer.Limit = 2;
        Assert.Equal(["kiwi 2"], _meters.Read("limit"));

        Pending.Finish([held, .. waiting]);
        two.Dispose();
        Assert.Equal(["kiwi 0"], _meters.Read("active_requests"));
        Assert.Equal(["kiwi 0"], _meters.Read("queued_requests"));
        Assert.Equal(["kiwi 1"], _meters.Read("clients"));
        Integrity.Check(balancer);
    }

    [Fact]
    public void Collect_BeginningWhileRequestsRun_NeverFallsBelowZero()
    {
        using var balancer = Make(new KiwiBalancerOptions { Limit = 1 });
        var client = balancer.Register("a");
        var requests = Pending.Many(client, 2);
        using var active = _meters.Counts("active_requests");

        active.RecordObservableInstruments();
        Pending.Finish(requests);
        active.RecordObservableInstruments();

        Assert.Equal(["kiwi 1", "kiwi 0"], Meters.Read(active));
        Integrity.Check(balancer);
    }

    [Fact]
    public void Collect_ClientsNamed_ShowsTheFirstOnesAndTheOthersTogether()
    {
        using var balancer = Make(new KiwiBalancerOptions { Limit = 10, MaxClientsInMetrics = 2 });
        using var requests = _meters.Counts("requests");
        var clients = Enumerable.Range(0, 4).Select(i => balancer.Register($"c{i}")).ToArray();
        foreach (var client in clients)
        {
            client.Take().Dispose();
        }

        var held = clients.Select(client => client.Take()).ToArray();

        Assert.Equal(["kiwi/_other completed 1", "kiwi/_other completed 1", "kiwi/c0 completed 1", "kiwi/c1 completed 1"], Meters.Read(requests).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(["kiwi/_other 2", "kiwi/c0 1", "kiwi/c1 1"], _meters.Read("active_requests"));
        Assert.Equal(["kiwi/_other 0", "kiwi/c0 0", "kiwi/c1 0"], _meters.Read("queued_requests"));
        Assert.Equal(["kiwi 4"], _meters.Read("clients"));
        Array.ForEach(held, lease => lease.Dispose());
        Integrity.Check(balancer);
    }

    [Fact]
    public void Collect_ManyClientsThatComeAndGo_NamesNoMoreThanAllowed()
    {
        using var balancer = Make(new KiwiBalancerOptions { Limit = 10, MaxClientsInMetrics = 3 });
        using var requests = _meters.Counts("requests");

        for (var i = 0; i < 100; i++)
        {
            using var client = balancer.Register($"c{i}");
            client.Take().Dispose();
        }

        Assert.Equal(4, Meters.Read(requests).Distinct(StringComparer.Ordinal).Count());
        Integrity.Check(balancer);
    }

    [Fact]
    public void Collect_TwoBalancersOfOneName_ShowsOneRowWithTheirSum()
    {
        using var one = Make(new KiwiBalancerOptions { Limit = 10 });
        using var two = Make(new KiwiBalancerOptions { Limit = 5 });
        using var other = Make(new KiwiBalancerOptions { Limit = 1, Name = "other" });

        Assert.Equal(["kiwi 15", "other 1"], _meters.Read("limit"));
    }

    [Fact]
    public async Task Collect_AfterDisposal_ShowsTheBalancerNoMore()
    {
        var balancer = Make(new KiwiBalancerOptions { Limit = 10 });

        await balancer.DisposeAsync();

        Assert.Empty(_meters.Read("limit"));
    }

    [Fact]
    public void Collect_ABalancerThatNobodyHoldsAnyMore_DoesNotKeepItAlive()
    {
        var gone = MakeAndForget();

        for (var i = 0; i < 20 && gone.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(gone.IsAlive, "The meter keeps the balancer alive.");
        Assert.Empty(_meters.Read("limit"));
    }

    [Fact]
    public void Measure_WithoutAFactory_UsesTheMeterOfTheProcess()
    {
        using var collector = new MetricCollector<long>(null, "KiwiBalancer", "kiwibalancer.limit");
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 7, Name = nameof(Measure_WithoutAFactory_UsesTheMeterOfTheProcess) });

        collector.RecordObservableInstruments();

        Assert.Contains(balancer.Name + " 7", Meters.Read(collector), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Measure_FromTheContainer_UsesItsFactory()
    {
        var services = new ServiceCollection().AddSingleton(_meters.Factory);
        services.AddKiwiBalancer("gpu", options => options.Limit = 4);
        services.AddKiwiBalancer("cpu", options =>
        {
            options.Limit = 2;
            options.Strategy = BalancerStrategy.Batch;
        });
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredKeyedService<IBalancer>("gpu");
        provider.GetRequiredKeyedService<IBalancer>("cpu");

        Assert.Equal(["cpu 2", "gpu 4"], _meters.Read("limit"));
    }

    [Fact]
    public async Task Reload_Invalid_IsCounted()
    {
        var settings = new ReloadableSettings(("Limit", "4"));
        var services = new ServiceCollection().AddSingleton(_meters.Factory);
        services.AddKiwiBalancer("gpu", new ConfigurationBuilder().Add(settings).Build().GetSection("Kiwi"));
        await using var provider = services.BuildServiceProvider();
        var balancer = provider.GetRequiredKeyedService<IBalancer>("gpu");
        using var reloads = _meters.Counts("invalid_reloads");

        settings.Replace(("Limit", "-3"));
        settings.Replace(("Limit", "many"));
        settings.Replace(("Limit", "9"));

        Assert.Equal(["gpu 1", "gpu 1"], Meters.Read(reloads));
        Assert.Equal(9, balancer.Limit);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference MakeAndForget() => new(Make(new KiwiBalancerOptions { Limit = 10 }));

    private WeightedBalancer Make(KiwiBalancerOptions options) => new(options, meterFactory: _meters.Factory);
}
