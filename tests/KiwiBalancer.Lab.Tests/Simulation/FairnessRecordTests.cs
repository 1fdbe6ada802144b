using KiwiBalancer.Lab.Rivals;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Tests.Simulation;

/// <summary>The measures, on loads small enough to be worked out by hand.</summary>
public sealed class FairnessRecordTests
{
    [Fact]
    public void Measuring_OneServedBeforeTheOther_CountsWhatEachHadAndWasEntitledTo()
    {
        // FIFO on two slots: the first client's four run two by two until 2, then the second's; the ideal is one slot each from the start.
        var simulation = new GrantSimulation(2, policy: new FifoPolicy());
        var first = simulation.Add();
        var second = simulation.Add();
        var record = simulation.Begin();
        foreach (var client in new[] { first, second })
        {
            for (var i = 0; i < 4; i++)
                simulation.Send(client, duration: 1);
        }

        simulation.Run(2);

        Assert.Equal(4, record.Used(first), 9);
        Assert.Equal(0, record.Used(second), 9);

        // While the last two of the first run, it wants no more than it holds: the level is still one each.
        Assert.Equal(2, record.Entitled(first), 9);
        Assert.Equal(2, record.Entitled(second), 9);
        Assert.Equal(2, record.LagBehind, 9);
        Assert.Equal(2, record.LagAhead, 9);
        Assert.Equal(1, record.MaxDeviation, 9);
        Assert.Equal(1, record.OutsideFraction, 9);
        Assert.Equal(0, record.Idle, 9);
        Assert.Equal(0.5, record.Jain(), 9);
        Assert.Equal(1, record.MaxError(), 9);
        Assert.False(record.IsSettled);
        Assert.Equal(2, record.WorstSettling, 9);

        simulation.Run(4);
        Assert.Equal([2.0, 2, 3, 3], record.Of(second).Waits);
        Assert.Equal(4, record.Used(second), 9);
    }

    [Fact]
    public void Measuring_SlotsKeptForAWideHead_CountsThemIdle()
    {
        // Three of four slots stand idle for 0.5 D: FIFO lets nobody pass the head of four.
        var simulation = new GrantSimulation(4, policy: new FifoPolicy());
        var client = simulation.Add();
        var record = simulation.Begin();
        simulation.Send(client, cost: 1, duration: 0.5);
        simulation.Send(client, cost: 4, duration: 1);

        simulation.Run(1.5);

        Assert.Equal(1.5, record.Idle, 9);
        Assert.Equal(1.5 / 6, record.IdleFraction, 9);
    }

    [Fact]
    public void Settling_AfterANewcomer_TakesUntilEverybodyIsInQuota()
    {
        var simulation = new GrantSimulation(4);
        var resident = simulation.Residents(8, Durations.Constant(1), 1)[0];
        simulation.Run(2.25);
        var record = simulation.Begin();
        var newcomer = simulation.Add();
        simulation.Keep(newcomer, 8);

        simulation.Run(6);

        // All four of the resident's end at 3.
        Assert.Equal(0.75, record.WorstSettling, 9);
        Assert.Equal(0, record.Violations);
        Assert.True(record.IsSettled);
        Assert.Equal(2, record.Ideal(resident), 9);
        Assert.Equal(0.75, record.OutsideTime, 9);
    }

    [Fact]
    public void Leaving_ItsQuotaAfterSettling_IsAViolation()
    {
        // Served by age, two clients with requests of different length cannot both keep their two slots.
        var simulation = new GrantSimulation(4, policy: new FifoPolicy());
        var clients = simulation.Residents(8, Durations.Constant(1), 1, 1);
        clients[1].Duration = Durations.Constant(1.7);
        var record = simulation.Begin();

        simulation.Run(50);

        Assert.True(record.Violations > 0 && record.ViolationTime > 0);
    }
}
