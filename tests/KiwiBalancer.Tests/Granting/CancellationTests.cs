using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>F9: who no longer waits no longer counts.</summary>
public sealed class CancellationTests
{
    [Fact]
    public void Cancelling_AWaiter_NeverRunsItAndLeavesTheOrderOfTheRest()
    {
        var simulation = new GrantSimulation(1);
        var client = simulation.Add();
        var requests = Enumerable.Range(0, 5).Select(_ => simulation.Send(client, duration: 1)).ToArray();
        simulation.Run(0.5);
        simulation.Cancel(requests[2]);

        simulation.RunToEnd();

        Assert.False(requests[2].HasStarted);
        Assert.Equal([0.0, 1, 2, 3], requests.Where(r => r.HasStarted).Select(r => r.Started));
        Assert.True(simulation.IsEmpty);
    }

    [Fact]
    public void Cancelling_AllWaitersOfAClient_RaisesTheLevelOfTheOthersAtOnce()
    {
        // A tombstone would keep a third of the level for one who wants nothing.
        var simulation = new GrantSimulation(12);
        var residents = simulation.Residents(30, Durations.Uniform(0.5, 1.5), 1, 1, 1);
        simulation.Run(20);
        simulation.Leave(residents[2]);
        simulation.Run(21.5);

        var record = simulation.Measure(100);

        Assert.Equal(0, record.MaxDeviation, 9);
        Assert.Equal(6, record.Average(residents[0]), 9);
    }

    [Fact]
    public void Cancelling_TheLastWaiter_OpensTheGate()
    {
        var simulation = new GrantSimulation(2);
        var client = simulation.Add();
        simulation.Send(client, duration: 5);
        simulation.Send(client, duration: 5);
        var waiter = simulation.Send(client, duration: 5);
        Assert.True(simulation.IsGated);

        simulation.Cancel(waiter);

        Assert.False(simulation.IsGated);
        simulation.RunToEnd();
        Assert.True(simulation.IsEmpty);
    }
}
