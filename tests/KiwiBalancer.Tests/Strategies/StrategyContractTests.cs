using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Strategies;

/// <summary>What every strategy keeps, whatever else it promises: on a virtual clock, each with the same disturbances.</summary>
public sealed class StrategyContractTests
{
    private readonly FakeTimeProvider _clock = new();

    public static TheoryData<BalancerStrategy> All => [.. Enum.GetValues<BalancerStrategy>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Arriving_ANewcomerBesideOneThatNeverStopsSending_IsServed(BalancerStrategy strategy)
    {
        using var balancer = Make(strategy, options => options.MaxRequestsPerTurn = 20);
        var load = Load(balancer);
        var endless = load.Add("endless", 1, 40, () => 1);
        load.RunUntil(5);

        var newcomer = load.Add("newcomer", 1, 5, () => 1);
        load.RunUntil(30);

        Assert.True(newcomer.Served >= 5, $"The newcomer was served {newcomer.Served} requests.");
        Assert.True(endless.Served > newcomer.Served);
        Finish(balancer, load, endless, newcomer);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Leaving_AClientWithWaitersAndRunningRequests_HandsItsSlotsOn(BalancerStrategy strategy)
    {
        using var balancer = Make(strategy);
        var load = Load(balancer);
        var leaving = load.Add("leaving", 1, 40, () => 1);
        var staying = load.Add("staying", 1, 8, () => 1);
        load.RunUntil(2.5);

        leaving.Target = 0;
        leaving.Handle.Dispose();
        load.RunUntil(6);

        Assert.Equal((0, 0), (leaving.Handle.InFlight, leaving.Handle.Waiting));

        // A batch holds what had come when it started; the others give what is free to whoever is left.
        Assert.InRange(staying.InFlight, strategy == BalancerStrategy.Batch ? 1 : 8, 8);
        Finish(balancer, load, staying);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Pausing_AndResumingAtAnotherLimit_LosesNothingAndNeverExceedsIt(BalancerStrategy strategy)
    {
        using var balancer = Make(strategy);
        var load = Load(balancer);
        var (a, b) = (load.Add("a", 1, 12, () => 0.7), load.Add("b", 3, 12, () => 1.1));
        load.RunUntil(3);

        balancer.Limit = 0;
        load.RunUntil(6);
        Assert.Equal(0, balancer.GetSnapshot().InFlight);
        var served = a.Served + b.Served;
        balancer.Limit = 3;
        load.RunUntil(12);

        Assert.True(a.Served + b.Served > served);
        Finish(balancer, load, a, b);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Mixing_CostsCancellationsAndLimits_GrantsEachClientInOrderAndEndsEachRequestOnce(BalancerStrategy strategy)
    {
        using var balancer = Make(strategy);
        var random = new Random(11);
        var clients = Enumerable.Range(1, 4).Select(weight => balancer.Register($"c{weight}", weight)).ToArray();
        var waiting = new List<(int Client, int Number, CancellationTokenSource Cancel, ValueTask<SlotLease> Request)>();
        var running = new List<SlotLease>();
        var granted = new int[clients.Length];
        var ended = 0;
        for (var step = 0; step < 3_000 || waiting.Count + running.Count > 0; step++)
        {
            var isOpen = step < 3_000;
            switch (random.Next(isOpen ? 8 : 2))
            {
                case 0 or 1 when running.Count > 0:
                    var index = random.Next(running.Count);
                    running[index].Dispose();
                    running.RemoveAt(index);
                    break;
                case 2 when waiting.Count > 0:
                    waiting[random.Next(waiting.Count)].Cancel.Cancel();
                    break;
                case 3:
                    balancer.Limit = random.Next(0, 9);
                    break;
                case > 3 when waiting.Count < 50:
                    var client = random.Next(clients.Length);
                    var cancel = new CancellationTokenSource();
                    waiting.Add((client, step, cancel, clients[client].AcquireAsync(random.Next(10) == 0 ? random.Next(1, 5) : 1, cancel.Token)));
                    break;
            }

            balancer.Limit = isOpen ? balancer.Limit : 8;
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            foreach (var (client, number, cancel, request) in waiting.Where(sent => sent.Request.IsCompleted).ToArray())
            {
                waiting.RemoveAll(sent => sent.Cancel == cancel);
                cancel.Dispose();
                ended++;
                if (request.IsCanceled)
                {
                    continue;
                }

                var lease = request.Granted();
                running.Add(lease);

                // Only a request too wide for the limit is passed by its own client's others.
                Assert.True(lease.Cost > 1 || number >= granted[client], "A request of cost 1 was granted before one that was sent before it.");
                granted[client] = lease.Cost > 1 ? granted[client] : number;
            }
        }

        Assert.True(ended > 500);
        Integrity.Check(balancer);
    }

    private Balancer Make(BalancerStrategy strategy, Action<KiwiBalancerOptions>? configure = null)
    {
        var options = new KiwiBalancerOptions { Limit = 8 };
        configure?.Invoke(options);
        return strategy switch
        {
            BalancerStrategy.RoundRobin => new RoundRobinBalancer(options, _clock),
            BalancerStrategy.SingleClient => new SingleClientBalancer(options, _clock),
            BalancerStrategy.Batch => new BatchBalancer(options, _clock),
            _ => new WeightedBalancer(options, _clock),
        };
    }

    private VirtualLoad Load(Balancer balancer)
    {
        var load = new VirtualLoad(balancer, _clock);
        var most = balancer.Limit;
        load.AfterEvent = () => Assert.InRange(balancer.GetSnapshot().InFlight, 0, most);
        return load;
    }

    private static void Finish(Balancer balancer, VirtualLoad load, params VirtualClient[] clients)
    {
        foreach (var client in clients)
        {
            client.Target = 0;
        }

        load.RunUntil(load.Now + 500);
        Assert.All(clients, client => Assert.Equal(0, client.Rejected));
        Integrity.Check(balancer);
    }
}
