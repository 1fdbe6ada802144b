using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Tests.Report;

public sealed class GuaranteesTests
{
    [Fact]
    public void Broken_EverythingKept_IsEmpty() => Assert.Empty(Broken(SampleReport.Kept));

    [Fact]
    public void Broken_Violation_NamesNeverOver() => AssertBroken("never over", SampleReport.Kept with { Violations = 1 });

    [Fact]
    public void Broken_Lost_NamesNothingLost() => AssertBroken("nothing lost", SampleReport.Kept with { Lost = 1 });

    [Fact]
    public void Broken_AnsweredDiffersFromServed_NamesNothingLost() => AssertBroken("nothing lost", SampleReport.Kept with { Served = 301 });

    [Fact]
    public void Broken_Failed_NamesNothingFailed() => AssertBroken("nothing failed", SampleReport.Kept with { Failed = 1 });

    [Fact]
    public void Broken_LimitNeverReached_NamesNeverUnder() => AssertBroken("never under", SampleReport.Kept with { MaxInFlight = 99 });

    [Fact]
    public void Broken_UtilisationTooLow_NamesNeverUnder() => AssertBroken("never under", SampleReport.Kept with { Utilisation = 0.9899 });

    [Theory]
    [InlineData(40, 1.99, true)]
    [InlineData(40, 2.01, false)]
    [InlineData(4, 1, true)]
    [InlineData(4, -1, true)]
    [InlineData(4, -1.01, false)]
    public void Broken_MeanOffTheIdeal_AllowsFivePercentOrASlot(double ideal, double off, bool kept)
    {
        ClientReport client = SampleReport.Kept.Clients[0] with { IdealInFlight = ideal, MeanInFlight = ideal + off };
        RunReport report = SampleReport.Kept with { Utilisation = 1, Clients = [client] };

        Assert.Equal(kept, !Broken(report).Any());
        Assert.Empty(Guarantees.Broken(report with { Promises = Promise.KeepsBusy }, 0.99));
    }

    [Theory]
    [InlineData(0, 9.1, true)]
    [InlineData(0, 8.9, false)]
    [InlineData(0.9, 16.9, false)]
    public void Broken_SlotsLeftIdle_AreHeldAgainstClientsOnlyWhereUtilisationIs(double leastUtilisation, double mean, bool fair)
    {
        ClientReport client = SampleReport.Kept.Clients[0] with { IdealInFlight = 20, MeanInFlight = mean };
        RunReport report = SampleReport.Kept with { Utilisation = 0.505, Clients = [client] };

        IEnumerable<string> broken = Guarantees.Broken(report, leastUtilisation);

        Assert.Equal(fair, !broken.Any(line => line.StartsWith("fair", StringComparison.Ordinal)));
    }

    [Fact]
    public void Broken_DemandNeverReachedTheLimit_JudgesNeitherUseNorShares() =>
        Assert.Empty(Broken(SampleReport.Kept with { ContendedSeconds = 0, MaxInFlight = 3, Utilisation = 1 }));

    [Fact]
    public void Broken_AnotherClientServedDuringATurn_NamesOneAtATime() =>
        AssertBroken("one at a time", SampleReport.Kept with { Promises = Promise.OneClientAtATime, Overlaps = 1 });

    [Fact]
    public void Broken_RequestThatJoinedARunningBatch_NamesBatchAfterBatch() =>
        AssertBroken("batch after batch", SampleReport.Kept with { Promises = Promise.BatchAfterBatch, Latecomers = 1 });

    [Theory]
    [InlineData(Promise.OneClientAtATime)]
    [InlineData(Promise.BatchAfterBatch)]
    public void Broken_SlotsLeftIdleByDesign_AreNotJudged(object promises) =>
        Assert.Empty(Broken(SampleReport.Kept with { Promises = (Promise)promises, MaxInFlight = 60, Utilisation = 0.3 }));

    private static IEnumerable<string> Broken(RunReport report) => Guarantees.Broken(report, 0.99);

    private static void AssertBroken(string guarantee, RunReport report) =>
        Assert.StartsWith(guarantee, Assert.Single(Broken(report)), StringComparison.Ordinal);
}
