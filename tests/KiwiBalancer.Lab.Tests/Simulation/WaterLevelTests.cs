using System.Numerics;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Tests.Simulation;

/// <summary>The ideal everything is measured against, compared with fractions of whole numbers of any size.</summary>
public sealed class WaterLevelTests
{
    [Fact]
    public void Ideal_AnyDemandsAndWeights_IsTheMaxMinShareToTheLastBit()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var simulation = new GrantSimulation(limit: 0, room: 16);
            var clients = Enumerable.Range(0, random.Next(1, 12)).Select(_ => simulation.Add(random.Next(4) == 0 ? random.Next(1, 1_000_001) : random.Next(1, 6))).ToArray();
            foreach (var client in clients)
            {
                for (var i = random.Next(1, 20); i > 0; i--)
                    simulation.Send(client, duration: 1000);
            }

            var limit = random.Next(1, 120);
            var record = simulation.Begin();
            simulation.SetLimit(limit);
            simulation.Run(1);

            var demands = clients.Select(c => (BigInteger)c.Demand).ToArray();
            foreach (var (client, (above, below)) in clients.Zip(MaxMin(demands, [.. clients.Select(c => (BigInteger)c.Weight)], limit)))
            {
                // The nearest number to a fraction of two whole ones that fit a double.
                Assert.Equal((double)above / (double)below, record.Ideal(client), 12);
                if (above % below == 0)
                    Assert.Equal((double)(above / below), record.Ideal(client));
            }
        }
    }

    [Fact]
    public void Ideal_AtEveryEventOfARandomLoad_IsWhatAFreshFillSays()
    {
        // The record re-reckons only when a client's change can matter; it must never miss one.
        var simulation = new GrantSimulation(9, seed: 3);
        var clients = simulation.Residents(6, Durations.Exponential(1), 1, 2, 5);
        clients[0].Think = Durations.Exponential(3);
        clients[1].Cap = 4;
        var quiet = simulation.Add(7);
        simulation.Stream(quiet, Durations.Exponential(0.7), until: 300);
        var checkedTimes = 0;
        var record = simulation.Begin(tolerance: 0, passing: r =>
        {
            var shares = simulation.Shares();
            foreach (var client in simulation.Clients)
                Assert.Equal(shares[client.Index], r.Ideal(client), 9);
            checkedTimes++;
        });
        simulation.At(50, () => simulation.SetLimit(4));
        simulation.At(90, () => simulation.SetLimit(23));
        simulation.At(120, () => simulation.Change(clients[2], 1));
        simulation.At(150, () => simulation.SetLimit(9));
        simulation.At(200, () => simulation.Leave(clients[2]));

        simulation.Run(300);

        Assert.True(checkedTimes > 1000);
        Assert.True(record.Time > 299);
    }

    // Everybody who wants no more than the part of what is left has it; once nobody does, the rest is split.
    private static (BigInteger Above, BigInteger Below)[] MaxMin(BigInteger[] demands, BigInteger[] weights, BigInteger limit)
    {
        var shares = new (BigInteger, BigInteger)[demands.Length];
        var open = Enumerable.Range(0, demands.Length).ToList();
        while (open.Count > 0)
        {
            var weight = open.Aggregate(BigInteger.Zero, (sum, i) => sum + weights[i]);
            var satisfied = open.Where(i => demands[i] * weight <= limit * weights[i]).ToList();
            if (satisfied.Count == 0)
            {
                foreach (var i in open)
                    shares[i] = (limit * weights[i], weight);
                return shares;
            }

            foreach (var i in satisfied)
            {
                shares[i] = (demands[i], 1);
                limit -= demands[i];
                open.Remove(i);
            }
        }

        return shares;
    }
}
