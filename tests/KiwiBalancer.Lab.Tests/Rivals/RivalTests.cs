using KiwiBalancer.Granting;
using KiwiBalancer.Lab.Rivals;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Tests.Rivals;

/// <summary>Each rival does what makes it what it is, for better or worse.</summary>
public sealed class RivalTests
{
    [Fact]
    public void Fifo_TwoClients_ServesByAgeWhateverTheWeight()
    {
        var order = Order(new FifoPolicy(), 1, [(0, 1), (1, 100), (0, 1), (1, 100), (0, 1)]);

        Assert.Equal([0, 1, 0, 1, 0], order);
    }

    [Fact]
    public void Fifo_WideHead_HoldsEverybodyUp()
    {
        var simulation = new GrantSimulation(4, policy: new FifoPolicy());
        var wide = simulation.Add();
        var narrow = simulation.Add();
        simulation.Send(narrow, duration: 1);
        simulation.Send(wide, cost: 4, duration: 1);
        simulation.Send(narrow, duration: 1);

        Assert.Equal(1, simulation.InFlight);
    }

    [Fact]
    public void RoundRobin_ThreeClients_TakesTurnsWhateverTheBacklog()
    {
        var order = Order(new RoundRobinPolicy(), 1, [(0, 1), (0, 1), (0, 1), (1, 9), (1, 9), (2, 1), (2, 1)]);

        Assert.Equal([0, 1, 2, 0, 1, 2], order[1..]);
    }

    [Fact]
    public void UsedPerWeight_SevenSlotsAtOnce_GrantsInTheOrderOfItsOwners()
    {
        Assert.Equal([2, 1, 2, 2, 1, 2, 2], AllAtOnce(new UsedPerWeightPolicy(), 7, (2, 5), (5, 5)).Select(i => i + 1));
    }

    [Fact]
    public void UsedPerWeight_ShareBelowASlot_GivesTheLightOneAWholeOne()
    {
        // 3 slots, weights 1 and 100: who holds nothing holds least, and is next as soon as its last has ended.
        var averages = Averages(new UsedPerWeightPolicy(), 3, Durations.Constant(1), 1, 100);

        Assert.True(averages[0] > 0.9, $"{averages[0]} where 0.03 is fair");
    }

    [Fact]
    public void StartTime_LikeDurations_IsProportional()
    {
        var averages = Averages(new StartTimePolicy(), 10, Durations.Uniform(0.5, 1.5), 1, 4);

        Assert.Equal(2, averages[0], 0.1);
        Assert.Equal(8, averages[1], 0.1);
    }

    [Fact]
    public void StartTime_ALongOne_GivesByRequestsNotByTime()
    {
        // It counts what requests cost when they are sent: one whose requests run ten times longer has ten times the slots.
        var averages = Averages(new StartTimePolicy(), 11, Durations.Constant(1), [1, 1], longFirst: 10);

        Assert.Equal(10, averages[0], 0.5);
    }

    [Fact]
    public void PriorityAndFairness_ALongOne_IsPaidBackWhenItEnds()
    {
        var averages = Averages(new PriorityAndFairnessPolicy(), 11, Durations.Constant(1), [1, 1], longFirst: 10);

        Assert.Equal(5.5, averages[0], 0.1);
    }

    [Fact]
    public void PriorityAndFairness_TwoClientsOfLongRequests_SwingsBecauseItGuessesThreeMilliseconds()
    {
        // Until the first of them end, everything it starts is reckoned at 3 ms: it fills the server with one client's requests, then with the other's.
        var simulation = new GrantSimulation(10, policy: new PriorityAndFairnessPolicy());
        simulation.Residents(20, Durations.Exponential(1), 1, 1);
        simulation.Run(50);

        var record = simulation.Measure(1000);

        Assert.True(record.MaxDeviation >= 4, $"{record.MaxDeviation}");
        Assert.True(record.MaxError() < 0.02, $"{record.MaxError()}");
    }

    [Fact]
    public void PriorityAndFairness_ReturningAfterIdling_BringsNoCredit()
    {
        var simulation = new GrantSimulation(1, policy: new PriorityAndFairnessPolicy());
        var clients = simulation.Residents(5, Durations.Constant(1), 1, 1);
        simulation.Run(10);
        simulation.Leave(clients[0]);
        simulation.Run(110);
        clients[0].Left = long.MaxValue;
        simulation.Keep(clients[0], 5);

        var record = simulation.Measure(30);

        Assert.InRange(record.Used(clients[0]), 13, 17);
    }

    [Fact]
    public void DeficitRoundRobin_WeightsOneToThree_ServesAQuantumATurn()
    {
        Assert.Equal([0, 1, 1, 1, 0, 1, 1, 1], AllAtOnce(new DeficitRoundRobinPolicy(), 8, (1, 9), (3, 9)));
    }

    [Fact]
    public void DeficitRoundRobin_WideHead_SavesUpForIt()
    {
        // Weight 1, cost 3: every third turn.
        var simulation = new GrantSimulation(6, policy: new DeficitRoundRobinPolicy());
        var clients = simulation.Residents(20, Durations.Constant(1), 1, 1);
        clients[0].Cost = _ => 3;
        simulation.Run(20);

        var record = simulation.Measure(300, tolerance: 2);

        Assert.Equal(record.Used(clients[0]), record.Used(clients[1]), 0.05 * record.Used(clients[0]));
    }

    [Fact]
    public void Everyone_AnyLoad_NeverGoesAboveTheLimitAndEndsEverything()
    {
        foreach (var contestant in Contestant.All)
        {
            var simulation = new GrantSimulation(7, seed: 5, contestant.New());
            var clients = simulation.Residents(6, Durations.Exponential(1), 1, 2, 3);
            clients[1].Cost = random => 1 + random.Next(4);
            var highest = 0;
            simulation.Granted = _ => highest = Math.Max(highest, simulation.InFlight);
            simulation.At(10, () => simulation.SetLimit(4));
            simulation.At(20, () => simulation.SetLimit(9));
            simulation.At(25, () => simulation.Leave(clients[2]));
            simulation.Run(40);
            foreach (var client in clients)
                client.Left = 0;
            simulation.RunToEnd();

            Assert.True(simulation.IsEmpty, contestant.Name);
            Assert.InRange(highest, 1, 9);
            Assert.False(string.IsNullOrWhiteSpace(contestant.Source));
        }
    }

    // All sent one after another to a busy server of so many slots, in the order given; who is granted when.
    private static List<int> Order(IGrantPolicy policy, int limit, (int Client, int Weight)[] sent)
    {
        var simulation = new GrantSimulation(limit, policy: policy);
        var order = new List<int>();
        simulation.Granted = request => order.Add(request.Client.Index);
        var clients = new Dictionary<int, SimulatedClient>();
        foreach (var (client, weight) in sent)
        {
            if (!clients.ContainsKey(client))
                clients[client] = simulation.Add(weight);
            simulation.Send(clients[client], duration: 1);
        }

        simulation.RunToEnd();
        return order;
    }

    private static List<int> AllAtOnce(IGrantPolicy policy, int slots, params (int Weight, int Waiting)[] clients)
    {
        var simulation = new GrantSimulation(slots, policy: policy);
        var order = new List<int>();
        simulation.Granted = request => order.Add(request.Client.Index);
        simulation.SetLimit(0);
        foreach (var (weight, waiting) in clients)
        {
            var client = simulation.Add(weight);
            for (var i = 0; i < waiting; i++)
                simulation.Send(client, duration: 1);
        }

        simulation.SetLimit(slots);
        return order;
    }

    private static double[] Averages(IGrantPolicy policy, int limit, Func<Random, double> duration, params int[] weights) => Averages(policy, limit, duration, weights, longFirst: 1);

    private static double[] Averages(IGrantPolicy policy, int limit, Func<Random, double> duration, int[] weights, double longFirst)
    {
        var simulation = new GrantSimulation(limit, policy: policy);
        var clients = simulation.Residents(20, duration, weights);
        clients[0].Duration = random => longFirst * duration(random);
        simulation.Run(100);
        var record = simulation.Measure(3000);
        return [.. clients.Select(record.Average)];
    }
}
