using KiwiBalancer.Granting;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>What must hold after every event, whatever happens: checked over random mixes of everything a simulation can do.</summary>
public sealed class RandomMixTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Anything_UnitCosts_LeavesNoSlotUnusedAndNothingBehind(int seed) => RunMix(seed, maxCost: 1);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public void Anything_CostsUpToFive_KeepsFewerSlotsIdleThanTheWidestHeadAsksFor(int seed) => RunMix(seed, maxCost: 5);

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    public void Granting_SomebodyBelowItsFloor_NeverGoesToOneAtItsCeiling(int seed)
    {
        var simulation = new GrantSimulation(23, seed);
        var residents = simulation.Residents(40, Durations.Exponential(1), 1, 2, 3, 5, 7);
        simulation.Run(20);
        var random = simulation.Random;
        var grants = 0;
        var wrong = 0;
        simulation.Granting = granted =>
        {
            var shares = simulation.Shares();
            grants++;
            if (granted.InFlight + 1 > Math.Ceiling(shares[granted.Index] - 1e-9)
                && simulation.Clients.Any(c => c.IsWaiting && c != granted && c.InFlight + 1 <= shares[c.Index] + 1e-9))
                wrong++;
        };
        for (var time = 20.0; time < 400; time += 1 + random.NextDouble())
        {
            simulation.Run(time);
            var client = residents[1 + random.Next(4)];
            switch (random.Next(3))
            {
                case 0:
                    simulation.Leave(client);
                    break;
                case 1 when client.Left == 0:
                    client.Left = long.MaxValue;
                    simulation.Keep(client, 1 + random.Next(20));
                    break;
                default:
                    simulation.Change(client, 1 + random.Next(9));
                    break;
            }
        }

        Assert.True(grants > 5000);
        Assert.Equal(0, wrong);
    }

    private static void RunMix(int seed, int maxCost)
    {
        var policy = new WeightedPolicy();
        var simulation = new GrantSimulation(10, seed, policy, room: 40);
        var random = simulation.Random;
        foreach (var client in Enumerable.Range(0, 12).Select(_ => simulation.Add(1 + random.Next(10))))
        {
            client.Cost = r => 1 + r.Next(maxCost);
            client.Duration = Durations.Named(Durations.Names[random.Next(6)]);
        }

        var sent = new List<SimulatedRequest>();
        simulation.Granted = InOrder(maxCost);
        simulation.Settled = () => CheckSettled(simulation, policy);
        for (var step = 0; step < 4000; step++)
        {
            simulation.Run(simulation.Now + (0.1 * random.NextDouble()));
            DoSomething(simulation, sent);
        }

        foreach (var client in simulation.Clients)
            simulation.Change(client, client.Weight);
        simulation.SetLimit(25);
        simulation.RunToEnd();
        Assert.True(simulation.IsEmpty);
        Assert.All(sent, request => Assert.True(request.HasStarted != request.IsCancelled));
    }

    private static Action<SimulatedRequest> InOrder(int maxCost)
    {
        var last = new Dictionary<SimulatedClient, long>();
        return request =>
        {
            // A head too wide for the limit is passed by its own client's next: the only way to be overtaken.
            if (maxCost == 1)
                Assert.True(last.GetValueOrDefault(request.Client, -1) < request.Sequence, "Granted out of order.");
            last[request.Client] = request.Sequence;
        };
    }

    private static void CheckSettled(GrantSimulation simulation, WeightedPolicy policy)
    {
        // A wait for slots of a lowered limit to come back is the only one that leaves fewer than none free.
        var free = simulation.Limit - simulation.InFlight;
        var widest = simulation.Clients.Max(c => c.Claim.HeadCost);
        Assert.True(widest == 0 || free < widest, $"{free} slots idle while a head of {widest} waits.");
        if (simulation.IsGated)
            policy.AssertInvariants(simulation.Clients.Select(c => (WeightedClaim)c.Claim));
    }

    private static void DoSomething(GrantSimulation simulation, List<SimulatedRequest> sent)
    {
        var random = simulation.Random;
        var client = simulation.Clients[random.Next(simulation.Clients.Count)];
        switch (random.Next(20))
        {
            case < 11:
                sent.Add(simulation.Send(client));
                break;
            case < 15 when sent.Count > 0:
                simulation.Cancel(sent[random.Next(Math.Max(0, sent.Count - 40), sent.Count)]);
                break;
            case 15:
                simulation.SetLimit(random.Next(0, 25));
                break;
            case 16:
                simulation.Change(client, 1 + random.Next(20), client.Cap);
                break;
            case 17:
                simulation.Change(client, client.Weight, random.Next(3) == 0 ? 1 + random.Next(8) : int.MaxValue);
                break;
            case 18:
                simulation.Leave(client);
                client.Left = long.MaxValue;
                break;
            default:
                for (var i = 0; i < 6; i++)
                    sent.Add(simulation.Send(client));
                break;
        }
    }
}
