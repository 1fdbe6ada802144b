using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Slots held above a share cannot be taken away; until they come back the others share what there is.</summary>
public sealed class OverHolderTests
{
    [Fact]
    public void Granting_WhileOneHoldsSixOfTenForLong_LetsTheLightHaveTheirPartOfTheRest()
    {
        // By the true max-min level the heavy one's floor is 7 of 10: refilling it takes all four slots there are, and the light get 0.00.
        var simulation = new GrantSimulation(10);
        var holder = simulation.Add();
        for (var i = 0; i < 6; i++)
            simulation.Send(holder, duration: 10_000);
        simulation.Keep(holder, 5);
        var others = simulation.Residents(20, Durations.Uniform(0.5, 1.5), 10, 1, 1, 1);
        simulation.Run(100);

        var record = simulation.Measure(2000);

        Assert.InRange(record.Average(others[0]), 3.0, 3.2);
        Assert.All(others.Skip(1), light => Assert.InRange(record.Average(light), 0.29, 0.32));
        Assert.Equal(6, record.Average(holder), 6);
    }

    [Fact]
    public void Arriving_WhileAllSlotsAreHeldByOne_GetsEachThatComesBackUntilItsShareIsReached()
    {
        // An adaptive limiter with a guaranteed part per kind of request runs 10 + 7 at once here. We run 10.
        var simulation = new GrantSimulation(10);
        var batch = simulation.Add();
        for (var i = 0; i < 10; i++)
            simulation.Send(batch, duration: 1 + (i * 0.1));
        for (var i = 0; i < 20; i++)
            simulation.Send(batch, duration: 5);
        var live = simulation.Add();
        for (var i = 0; i < 7; i++)
            simulation.Send(live, duration: 50);

        simulation.Run(0.99);
        Assert.Equal([10, 0], simulation.Clients.Select(c => c.InFlight));
        for (var returned = 1; returned <= 5; returned++)
        {
            simulation.Run(0.95 + (returned * 0.1));
            Assert.Equal([10 - returned, returned], simulation.Clients.Select(c => c.InFlight));
        }

        simulation.Run(3);
        Assert.Equal([5, 5], simulation.Clients.Select(c => c.InFlight));
    }

    [Fact]
    public void Finishing_TheOnlyOthers_LetsTheOverHolderUseEverySlot()
    {
        // Nobody contends any more but the stuck one: with Σw = 0 the level says nothing, and the slots are its all the same.
        var simulation = new GrantSimulation(10);
        var holder = simulation.Add();
        for (var i = 0; i < 10; i++)
            simulation.Send(holder, duration: 100);
        simulation.Keep(holder, 10);
        var other = simulation.Add();
        for (var i = 0; i < 3; i++)
            simulation.Send(other, duration: 30);
        simulation.Run(101);
        Assert.Equal(3, other.InFlight);

        simulation.Run(150);

        Assert.Equal(10, holder.InFlight);
    }

    [Fact]
    public void Draining_OneWithoutWaiters_CountsAgainWhenItHasComeUnderItsShare()
    {
        var simulation = new GrantSimulation(8);
        var residents = simulation.Residents(30, Durations.Uniform(0.5, 1.5), 1, 1);
        var holder = simulation.Add(2);
        simulation.SetLimit(20);
        simulation.Run(10);
        foreach (var duration in Enumerable.Range(1, 12))
            simulation.Send(holder, duration: 20 + duration);
        simulation.Run(14);
        simulation.SetLimit(8);
        simulation.Run(16);

        var record = simulation.Measure(5);

        // Ten of eight slots are held by one whose share is four: nothing is left for the others until they are back.
        Assert.True(record.Average(residents[0]) < 0.01);
        simulation.Run(80);
        Assert.Equal([4, 4], residents.Select(r => r.InFlight));
    }
}
