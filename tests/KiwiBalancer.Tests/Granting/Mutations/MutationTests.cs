using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting.Mutations;

/// <summary>A rule that no test misses when it is gone is either not needed or not tested.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Rules { get; } = [.. PolicyMutations.All.Select(m => m.Rule)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Switching_OffARule_FailsItsTest(string rule)
    {
        var mutation = PolicyMutations.All.Single(m => m.Rule == rule);
        GrantSimulation.NewPolicy = MutatedPolicy.Compile(mutation.Edits);
        try
        {
            Assert.ThrowsAny<Exception>(mutation.Test);
        }
        finally
        {
            GrantSimulation.NewPolicy = null;
        }
    }

    [Fact]
    public void Compiling_WithoutAMutation_GivesThePolicyThatShips()
    {
        var shipped = Play();
        GrantSimulation.NewPolicy = MutatedPolicy.Compile();
        try
        {
            Assert.NotEqual(typeof(KiwiBalancer.Granting.WeightedPolicy), GrantSimulation.NewPolicy().GetType());
            Assert.Equal(shipped, Play());
        }
        finally
        {
            GrantSimulation.NewPolicy = null;
        }
    }

    private static double[] Play()
    {
        var simulation = new GrantSimulation(7, seed: 5);
        var residents = simulation.Residents(20, Durations.Exponential(1), 1, 2, 3, 5);
        var record = simulation.Measure(500);
        return [.. residents.Select(record.Used)];
    }
}
