using System.Text.Json;
using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Fairness.Report;

namespace KiwiBalancer.Lab.Tests.Fairness;

public sealed class DeterminismTests
{
    private static readonly string[] Names = ["bursts", "cancellations", "open-loop", "costs-1-to-4", "attack-new-names"];

    [Fact]
    public void Play_TheSameSeedTwice_GivesTheSameResultBitForBit()
    {
        Assert.Equal(Play(seed: 11), Play(seed: 11));
    }

    [Fact]
    public void Play_AnotherSeed_GivesAnotherResult()
    {
        Assert.NotEqual(Play(seed: 11), Play(seed: 12));
    }

    // Numbers are written so that reading them back gives the same bits.
    private static string Play(int seed) => JsonSerializer.Serialize(JsonReport.Of(seed: 0, FairnessRun.Play([.. Names.Select(ScenarioList.Named)], seed)));
}
