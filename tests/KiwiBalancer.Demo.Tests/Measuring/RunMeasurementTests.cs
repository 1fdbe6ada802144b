using System.Diagnostics;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Tests.Measuring;

/// <summary>A run written by hand: two slots, clients a (weight 1) and b (weight 3), times in tenths of a second.</summary>
public sealed class RunMeasurementTests
{
    private static readonly Scenario TwoClients = new(2, [("a", 1), ("b", 3)],
    [
        new PlannedRequest(0, default, default), new PlannedRequest(0, default, default), new PlannedRequest(1, default, default),
    ]);

    // Demand: a wants 2 from 1.0 to 1.4, b wants 1 from 1.2 to 1.6. At least the limit of 2 from 1.0 to 1.5: then only b is left.
    private static readonly RequestRecord[] Records =
    [
        Request(client: 0, sent: 10, granted: 10, ended: 14),
        Request(client: 0, sent: 10, granted: 11, ended: 15),
        Request(client: 1, sent: 12, granted: 14, ended: 16),
    ];

    private static readonly HoldRecord[] Holds =
    [
        Hold(client: 0, entered: 10, left: 14),
        Hold(client: 0, entered: 11, left: 15),
        Hold(client: 1, entered: 14, left: 16),
    ];

    [Fact]
    public void Measure_HandMadeRun_CountsSlotSecondsAtTheServer()
    {
        RunReport report = Measure(Records, Holds);

        Assert.Equal(0.8, report.Clients[0].SlotSeconds, 9);
        Assert.Equal(0.2, report.Clients[1].SlotSeconds, 9);
        Assert.Equal(0.6, report.Seconds, 9);
        Assert.Equal((3, 0, 0), (report.Completed, report.Failed, report.Lost));
    }

    [Fact]
    public void Measure_HandMadeRun_TakesMeansOverTheTimeDemandReachedTheLimit()
    {
        RunReport report = Measure(Records, Holds);

        // From 1.0 to 1.5 a held 0.8 slot-seconds and b, from 1.4 on, 0.1; there were 2 x 0.5.
        Assert.Equal(0.5, report.ContendedSeconds, 9);
        Assert.Equal(0.9, report.Utilisation, 9);
        Assert.Equal(1.6, report.Clients[0].MeanInFlight, 9);
        Assert.Equal(0.2, report.Clients[1].MeanInFlight, 9);
    }

    [Fact]
    public void Measure_HandMadeRun_IntegratesTheIdealOverDemand()
    {
        RunReport report = Measure(Records, Holds);

        // 1.0-1.2: a alone, 2/0. 1.2-1.5: b's part is 1.5 but it wants 1, so 1/1.
        Assert.Equal(((0.2 * 2) + (0.3 * 1)) / 0.5, report.Clients[0].IdealInFlight, 9);
        Assert.Equal(0.3 * 1 / 0.5, report.Clients[1].IdealInFlight, 9);
    }

    [Fact]
    public void Measure_HandMadeRun_TakesWaitsFromSendingToGrant()
    {
        RunReport report = Measure(Records, Holds);

        Assert.Equal(0, report.Clients[0].WaitMs.P50, 6);
        Assert.Equal(100, report.Clients[0].WaitMs.P99, 6);
        Assert.Equal(200, report.Clients[1].WaitMs.Max, 6);
    }

    [Fact]
    public void Measure_WideRequest_CountsItsCost()
    {
        RequestRecord[] records = [Request(client: 0, sent: 10, granted: 10, ended: 20, cost: 2)];

        RunReport report = Measure(records, [new HoldRecord(Ticks(10), Ticks(20), 0, 2)]);

        Assert.Equal(2, report.Clients[0].SlotSeconds, 9);
        Assert.Equal(1, report.Utilisation, 9);
        Assert.Equal(2, report.Clients[0].IdealInFlight, 9);
    }

    [Fact]
    public void Measure_RequestThatNeverEnded_IsLost()
    {
        RequestRecord open = Records[2];
        (open.Ended, open.Endings, open.Outcome) = (0, 0, Outcome.Open);
        RequestRecord twice = Records[1];
        twice.Endings = 2;

        RunReport report = Measure([Records[0], twice, open], Holds);

        Assert.Equal(2, report.Lost);
    }

    [Fact]
    public void Measure_RequestNeverSent_IsNotLost() => Assert.Equal(0, Measure([.. Records, default], Holds).Lost);

    [Fact]
    public void Measure_DemandBelowTheLimit_HasNothingToJudge()
    {
        RunReport report = Measure([Records[0]], [Holds[0]]);

        Assert.Equal(0, report.ContendedSeconds);
        Assert.Equal(1, report.Utilisation);
        Assert.Equal(0, report.Clients[0].MeanInFlight);
    }

    private static RunReport Measure(RequestRecord[] records, HoldRecord[] holds) =>
        RunMeasurement.Measure(TwoClients, Sharing.Weighted, records, new ServerState(2, 0, 2, 0, 0, holds.Length, 0, [0, 0]), holds, new LoadChanges(TwoClients, Sharing.Weighted)).Report;

    private static long Ticks(int tenths) => tenths * Stopwatch.Frequency / 10;

    private static HoldRecord Hold(int client, int entered, int left) => new(Ticks(entered), Ticks(left), client, 1);

    private static RequestRecord Request(int client, int sent, int granted, int ended, int cost = 1) => new()
    {
        Client = client,
        Cost = cost,
        Sent = Ticks(sent),
        Granted = Ticks(granted),
        Ended = Ticks(ended),
        Endings = 1,
        Outcome = Outcome.Completed,
    };
}
