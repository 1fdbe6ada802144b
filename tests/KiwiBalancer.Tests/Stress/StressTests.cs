using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Stress;

/// <summary>
/// Everything at once, from everywhere: no grant above the limit in force, every request ends once, nothing is left behind. A failure names its seed; KIWI_STRESS_SEED plays the same choices again,
/// though not the same interleaving.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StressTests
{
    private const int Clients = 16;
    private const int MaxCost = 4;

    [Fact]
    public async Task Send_AMillionRequestsWithCostsCancellationsErrorsAndLimitChanges_KeepsEveryGuarantee()
    {
        using var balancer = new WeightedBalancer(Options());
        var clients = Register(balancer, random => new BalancerClientOptions { Weight = random.Next(1, 10) });
        var run = new StressRun(balancer) { Requests = 1_000_000, MaxCost = MaxCost, Client = random => clients[random.Next(Clients)] };

        await run.While(random => run.Limits.Set(random.Next(0, 24))).While(_ => run.Limits.Set(12)).RunAsync();

        Assert.True(run.Served > 500_000, run.ToString());
    }

    [Fact]
    public async Task Send_CappedClientsAndChangingWeights_KeepsEveryGuarantee()
    {
        using var balancer = new WeightedBalancer(Options());
        var clients = Register(balancer, random => new BalancerClientOptions { MaxInFlight = random.Next(MaxCost, 9) });
        var run = new StressRun(balancer) { Requests = 100_000, MaxCost = MaxCost, Client = random => clients[random.Next(Clients)] };

        await run
            .While(random => clients[random.Next(Clients)].Weight = random.Next(1, 1_000))
            .While(random => clients[random.Next(Clients)].Reconfigure(new BalancerClientOptions { Weight = random.Next(1, 9), MaxInFlight = random.Next(2) == 0 ? null : random.Next(MaxCost, 9) }))
            .While(random => run.Limits.Set(random.Next(MaxCost, 24)))
            .RunAsync();

        Assert.True(run.Served > 50_000, run.ToString());
    }

    [Fact]
    public async Task Send_ClientsComeAndGoAllTheTime_KeepsEveryGuarantee()
    {
        using var balancer = new WeightedBalancer(Options());
        var clients = Register(balancer, random => new BalancerClientOptions { Weight = random.Next(1, 10) });
        var run = new StressRun(balancer) { Requests = 100_000, MaxCost = MaxCost, Client = random => Volatile.Read(ref clients[random.Next(Clients)]) };
        var leaving = new System.Collections.Concurrent.ConcurrentBag<Task>();

        await run
            .While(random =>
            {
                var place = random.Next(Clients);
                var client = clients[place];
                if (random.Next(2) == 0)
                {
                    leaving.Add(client.DisposeAsync().AsTask());
                }
                else
                {
                    client.Dispose();
                }

                // Its name is free at once, whatever it still has to finish.
                Volatile.Write(ref clients[place], balancer.Register(client.Name, random.Next(1, 10)));
            })
            .While(random => run.Limits.Set(random.Next(MaxCost, 24)))
            .RunAsync();

        await Task.WhenAll(leaving).Within();
        Assert.True(run.Served > 50_000, run.ToString());
        Assert.Equal(Clients, balancer.GetSnapshot().Clients.Count);
        Array.ForEach(clients, client => client.Dispose());
        Integrity.Check(balancer);
        Assert.Empty(balancer.GetSnapshot().Clients);
        Assert.Equal(0, balancer.Engine.Backlogs);
    }

    [Theory]
    [InlineData(OverflowPolicy.RejectNewest)]
    [InlineData(OverflowPolicy.RejectOldest)]
    public async Task Send_BoundsAndQueueTimeouts_KeepsEveryGuarantee(OverflowPolicy policy)
    {
        var options = Options();
        (options.MaxQueueLength, options.MaxQueueLengthPerClient, options.OverflowPolicy, options.QueueTimeout) = (50, 10, policy, TimeSpan.FromMilliseconds(1));
        using var balancer = new WeightedBalancer(options);
        var clients = Register(balancer, random => new BalancerClientOptions { MaxQueueLength = random.Next(0, 12) });
        var run = new StressRun(balancer) { Requests = 100_000, MaxCost = MaxCost, Client = random => clients[random.Next(Clients)] };

        await run.While(random => run.Limits.Set(random.Next(1, 12))).While(_ => run.Limits.Set(12)).RunAsync();

        Assert.True(run.Rejected > 0, run.ToString());
        Assert.True(run.Served > 1_000, run.ToString());
    }

    [Fact]
    public async Task TryAcquire_MixedWithLeasesAndRequests_KeepsEveryGuarantee()
    {
        using var balancer = new WeightedBalancer(Options());
        var clients = Register(balancer, _ => new BalancerClientOptions());
        var run = new StressRun(balancer) { Requests = 200_000, MaxCost = MaxCost, TriesPercent = 60, Client = random => clients[random.Next(Clients)] };

        await run.While(random => run.Limits.Set(random.Next(0, 24))).While(_ => run.Limits.Set(8)).RunAsync();

        Assert.True(run.Served > 50_000, run.ToString());
    }

    [Theory]
    [InlineData(BalancerStrategy.RoundRobin)]
    [InlineData(BalancerStrategy.SingleClient)]
    [InlineData(BalancerStrategy.Batch)]
    public async Task Send_OtherStrategies_KeepEveryGuarantee(BalancerStrategy strategy)
    {
        using Balancer balancer = strategy switch
        {
            BalancerStrategy.RoundRobin => new RoundRobinBalancer(Options()),
            BalancerStrategy.SingleClient => new SingleClientBalancer(Options()),
            _ => new BatchBalancer(Options()),
        };
        var clients = Register(balancer, random => new BalancerClientOptions { Weight = random.Next(1, 10) });
        var run = new StressRun(balancer) { Requests = 50_000, MaxCost = MaxCost, TriesPercent = 10, Client = random => clients[random.Next(Clients)] };

        await run.While(random => run.Limits.Set(random.Next(0, 24))).While(_ => run.Limits.Set(12)).RunAsync();

        Assert.True(run.Served > 25_000, run.ToString());
    }

    private static KiwiBalancerOptions Options() => new() { Limit = 12, MaxCost = MaxCost };

    private static IClientHandle[] Register(Balancer balancer, Func<Random, BalancerClientOptions> options)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Clients).Select(_ => balancer.Register(options(random)))];
    }
}
