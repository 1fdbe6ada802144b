using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>I7 to I9: what the protocol achieves, on simulated time.</summary>
public class BehaviourTests
{
    private static readonly NodeSettings Settings = new() { Ttl = 2_000, Margin = 200, Linger = 600, Interval = 500, MinGap = 20 };
    private static readonly Schedule Calm = new() { Seed = 1, Nodes = 2, Limit = 10, Drift = 0, Delay = 5, Settings = Settings, Weights = [1, 1] };

    [Fact]
    public void Nodes_MoreThanSlots_TakeTurnsByWeight()
    {
        var schedule = Calm with { Nodes = 12, Limit = 5, Weights = [.. Enumerable.Repeat(1L, 11), 5], RequestLength = 50, Length = 140_000 };
        var simulation = Loaded(schedule, wanted: 5);
        simulation.RunTo(20_000);
        var before = simulation.Nodes.Select(node => node.SlotTime).ToArray();
        simulation.RunTo(140_000);

        var used = simulation.Nodes.Select((node, i) => node.SlotTime - before[i]).ToArray();
        var light = used[..11].Average();
        Assert.InRange(used[11] / light, 4.85, 5.15);
        Assert.InRange(used.Sum() / (120_000 * 5), 0.96, 1.001);
        Assert.All(used[..11], one => Assert.InRange(one / light, 0.93, 1.07));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(40)]
    [InlineData(8)]
    public void Messages_AtAnyRequestRate_AreTheSameFew(double requestLength)
    {
        var schedule = Calm with { Nodes = 3, Limit = 20, Weights = [1, 2, 3], RequestLength = requestLength, Length = 20_000, Settings = Settings with { Interval = 1_000, Ttl = 6_000, Margin = 600 } };
        var simulation = Loaded(schedule, wanted: 12);

        simulation.RunTo(20_000);

        Assert.InRange(simulation.Nodes.Sum(node => node.Granted), 20_000 / requestLength * 18, double.MaxValue);
        Assert.All(simulation.Messages.Values, messages => Assert.InRange(messages / 20.0, 1, 2.8));
    }

    [Fact]
    public void IdleSlots_WantedByAnother_MoveInOneRoundTripToEach()
    {
        var simulation = Idle(Calm);

        simulation.Want(1, 10);

        // Report, recall, its confirmation, the raise: four messages of 5 ms, and the milliseconds that clocks count in.
        simulation.RunTo(simulation.Now + 25);
        Assert.Equal(10, simulation.Server.Running);
    }

    [Fact]
    public void IdleSlots_WantedWhilePushesAreLost_MoveWithTheNextReports()
    {
        var simulation = Idle(Calm with { ArePushesLost = true });

        simulation.Want(1, 10);

        simulation.RunTo(simulation.Now + (2.2 * Settings.Interval) + 40);
        Assert.Equal(10, simulation.Server.Running);
    }

    [Fact]
    public void BusySlots_WantedByAnother_MoveAsTheyComeFree()
    {
        var simulation = Loaded(Calm with { RequestLength = 100, Length = 20_000 }, wanted: 0);
        simulation.Want(0, 20);
        simulation.RunTo(3_000);
        Assert.Equal(10, simulation.Nodes[0].InFlight);

        simulation.Want(1, 20);

        simulation.RunTo(simulation.Now + 100 + 50);
        Assert.Equal(5, simulation.Nodes[1].InFlight);
        Assert.Equal(10, simulation.Server.Most);
    }

    [Fact]
    public void Slots_OfAKilledProcess_AreBackWhenItsLeaseAndLingerAreOver()
    {
        var schedule = Calm with { RequestLength = 100, Length = 20_000, Faults = [new Fault(3_000, FaultKind.Kill, 0, 20_000)] };
        var simulation = Loaded(schedule, wanted: 0);
        simulation.Want(0, 20);
        simulation.RunTo(2_000);
        simulation.Want(1, 20);
        simulation.RunTo(2_990);
        Assert.Equal(5, simulation.Nodes[1].InFlight);

        simulation.RunTo(3_000 + Settings.Ttl + Settings.Linger + Settings.Interval + 50);

        Assert.Equal(10, simulation.Nodes[1].InFlight);
        Assert.Equal(10, simulation.Server.Most);
    }

    [Fact]
    public void Floor_OfANodeCutOff_IsAllItHasAndTheOthersHaveTheRest()
    {
        var schedule = Calm with { RequestLength = 50, Settings = Settings with { Floor = 2, MaxNodes = 3 }, Faults = [new Fault(3_000, FaultKind.Partition, 0, 20_000)] };
        var simulation = Loaded(schedule with { Length = 20_000 }, wanted: 20);
        simulation.RunTo(2_990);
        Assert.Equal([4, 4], simulation.Nodes.Select(node => node.InFlight));

        simulation.RunTo(3_000 + Settings.Ttl + Settings.Linger + Settings.Interval + 100);

        Assert.Equal([2, 6], simulation.Nodes.Select(node => node.InFlight));
        Assert.Equal(8, simulation.Server.Most);
    }

    [Fact]
    public void Floor_LimitBelowAllFloors_ShrinksAndComesBack()
    {
        var settings = Settings with { Floor = 2, MaxNodes = 3 };
        var schedule = Calm with { RequestLength = 50, Settings = settings, Length = 20_000, Faults = [new Fault(3_000, FaultKind.Limit, Value: 5), new Fault(6_000, FaultKind.Limit, Value: 0), new Fault(9_000, FaultKind.Limit, Value: 10)] };
        var simulation = Loaded(schedule, wanted: 20);

        simulation.RunTo(5_990);
        Assert.Equal([1, 1], simulation.Nodes.Select(node => node.InFlight));
        simulation.RunTo(8_990);
        Assert.Equal([0, 0], simulation.Nodes.Select(node => node.InFlight));
        simulation.RunTo(10_500);
        Assert.Equal([4, 4], simulation.Nodes.Select(node => node.InFlight));
    }

    private static Simulation Loaded(Schedule schedule, int wanted)
    {
        var simulation = new Simulation(schedule);
        simulation.RunTo(1);
        for (var place = 0; place < schedule.Nodes; place++)
        {
            simulation.Want(place, wanted);
        }

        return simulation;
    }

    /// <summary>The first node has had everything, and wants nothing any more; its slots stand ready by weight.</summary>
    private static Simulation Idle(Schedule schedule)
    {
        var simulation = Loaded(schedule with { Length = 20_000, RequestLength = 10_000 }, wanted: 0);
        simulation.RunTo(5_000);
        return simulation;
    }
}
