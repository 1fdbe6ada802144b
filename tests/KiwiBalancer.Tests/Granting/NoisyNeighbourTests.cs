using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

public sealed class NoisyNeighbourTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Overflowing_NoisyBesideQuiet_LeavesTheQuietOneItsSlots(bool regular)
    {
        // At the bound the victim is the largest backlog by weight: a thousand requests a second cannot push five out of the queue.
        const int Bound = 100;
        var simulation = new GrantSimulation(10);
        var noisy = simulation.Add();
        var quiet = simulation.Add();
        var backlog = 0;
        simulation.Settled = () =>
        {
            backlog = noisy.Queue.Count + quiet.Queue.Count;
            if (backlog > Bound)
                simulation.Cancel((noisy.Queue.Count >= quiet.Queue.Count ? noisy : quiet).Queue.Last!.Value);
        };
        simulation.Stream(noisy, regular ? Durations.Constant(0.001) : Durations.Exponential(0.001), until: 250);
        simulation.Stream(quiet, regular ? Durations.Constant(0.2) : Durations.Exponential(0.2), until: 250);
        simulation.Run(10);

        var record = simulation.Measure(200);

        Assert.True(record.Average(quiet) >= 4.8, $"{record.Average(quiet)}");
        Assert.Equal(0, record.Idle, 6);
        simulation.RunToEnd();
        Assert.True(simulation.IsEmpty);
    }
}
