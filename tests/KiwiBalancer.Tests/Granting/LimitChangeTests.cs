using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

/// <summary>F7, and changes of weights and caps: what is in flight stays, and the new shares settle as fast as slots come back.</summary>
public sealed class LimitChangeTests
{
    [Theory]
    [InlineData("constant")]
    [InlineData("uniform")]
    public void ChangingTheLimit_DownAndUpAndDown_SettlesWithinOneAndAHalfRequests(string distribution)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var simulation = new GrantSimulation(20, seed);
            simulation.Residents(60, Durations.Named(distribution), 1, 2, 3, 4);
            simulation.Run(30 + (seed * 0.025));
            foreach (var limit in new[] { 5, 40, 12 })
            {
                var held = simulation.InFlight;
                simulation.SetLimit(limit);
                Assert.True(simulation.InFlight >= held, "Slots in flight were lost.");
                var changed = simulation.Now;
                simulation.Run(changed + 1.5);
                for (var i = 0; i < 50; i++)
                {
                    Assert.True(simulation.IsWithinQuota(), $"seed {seed}: not settled {simulation.Now - changed} D after the limit became {limit}");
                    simulation.Run(simulation.Now + 0.05);
                }
            }
        }
    }

    [Fact]
    public void ChangingTheLimit_ToZero_PausesAndGoesOnWithNothingLost()
    {
        var simulation = new GrantSimulation(8);
        var residents = simulation.Residents(20, Durations.Constant(1), 1, 3);
        simulation.Run(5.5);
        simulation.SetLimit(0);
        simulation.Run(9);
        Assert.Equal(0, simulation.InFlight);

        simulation.SetLimit(8);

        Assert.Equal([2, 6], residents.Select(r => r.InFlight));
        Assert.All(residents, r => Assert.Equal(20, r.InFlight + r.Queue.Count));
    }

    [Fact]
    public void ChangingAWeight_UnderLoad_MovesTheSharesWithinOneRequest()
    {
        var simulation = new GrantSimulation(20);
        var residents = simulation.Residents(30, Durations.Uniform(0.5, 1.5), 1, 1);
        simulation.Run(20);

        simulation.Change(residents[0], weight: 4);
        simulation.Run(21.5);

        Assert.Equal([16, 4], residents.Select(r => r.InFlight));
        var record = simulation.Measure(200);
        Assert.Equal(0, record.OutsideTime);
    }

    [Fact]
    public void ChangingAWeight_WhileOwed_KeepsTheSlotSecondsItIsOwed()
    {
        // Owed half a slot-second at weight 1 it must not be owed fifty at weight 100: it would hold the slot for ever.
        var simulation = new GrantSimulation(1);
        var residents = simulation.Residents(5, Durations.Constant(1), 1, 1, 1);
        simulation.Run(60.5);
        simulation.Change(residents[0], weight: 100);
        simulation.Run(61.5);
        simulation.Change(residents[0], weight: 1);

        var record = simulation.Measure(60);

        Assert.All(residents, r => Assert.InRange(record.Used(r), 17, 23));
    }

    [Fact]
    public void ChangingAWeight_ToATenthWhileOwed_IsOwedTheSame()
    {
        // Two are owed ten slot-seconds each by a third, and one of them weighs a tenth from then on: it still has ten to come, and not one.
        var simulation = new GrantSimulation(1);
        var residents = simulation.Residents(5, Durations.Constant(1), 10, 10, 10);
        residents[2].Duration = _ => simulation.Now < 5 ? 30 : 1;
        simulation.Run(34);
        simulation.Change(residents[0], weight: 1);

        var record = simulation.Measure(60);

        Assert.InRange(record.Used(residents[0]), 9, 16);
    }

    [Fact]
    public void ChangingACap_UnderLoad_LeavesTheRestToTheOthers()
    {
        var simulation = new GrantSimulation(12);
        var residents = simulation.Residents(30, Durations.Exponential(1), 2, 1, 1);
        simulation.Run(20);
        simulation.Change(residents[0], weight: 2, cap: 2);
        simulation.Run(40);

        var record = simulation.Measure(500);

        Assert.Equal(2, record.Average(residents[0]), 6);
        Assert.Equal(5, record.Average(residents[1]), 6);
        Assert.Equal(5, record.Average(residents[2]), 6);
        Assert.Equal(0, record.OutsideTime);
    }
}
